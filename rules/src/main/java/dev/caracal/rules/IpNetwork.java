package dev.caracal.rules;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * A range of IP addresses in CIDR notation; a single address is a range of one.
 *
 * @param address 4 or 16 bytes
 * @param prefixLength bits that addresses of the range have in common
 */
record IpNetwork(byte[] address, int prefixLength) {

    /** What is not globally reachable, from the IANA special-purpose address registries. */
    private static final List<IpNetwork> PRIVATE =
            List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "240.0.0.0/4",
                            "::/127",
                            "100::/64",
                            "2001:db8::/32",
                            "fc00::/7",
                            "fe80::/10")
                    .stream()
                    .map(text -> network(text).orElseThrow())
                    .toList();

    /** Empty if the text is no IP address. */
    static Optional<IpNetwork> address(String text) {
        if (!isLiteral(text)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return Optional.of(new IpNetwork(bytes, bytes.length * Byte.SIZE));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Empty if the text is no range such as {@code 10.0.0.0/8} and no address. */
    static Optional<IpNetwork> network(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return address(text);
        }
        try {
            int prefixLength = Integer.parseInt(text.substring(slash + 1));
            return address(text.substring(0, slash))
                    .filter(ip -> prefixLength >= 0 && prefixLength <= ip.prefixLength())
                    .map(ip -> new IpNetwork(ip.address(), prefixLength));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** InetAddress takes anything else for a host name, and asks DNS. */
    private static boolean isLiteral(String text) {
        if (text.indexOf(':') >= 0) {
            return text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    boolean isV4() {
        return address.length == 4;
    }

    boolean isPrivate() {
        return PRIVATE.stream().anyMatch(network -> network.contains(this));
    }

    boolean contains(IpNetwork other) {
        if (other.address.length != address.length || other.prefixLength < prefixLength) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
            int shift = Math.max(0, Byte.SIZE - (prefixLength - bit));
            if ((address[bit / Byte.SIZE] ^ other.address[bit / Byte.SIZE]) >> shift != 0) {
                return false;
            }
        }
        return true;
    }
}
