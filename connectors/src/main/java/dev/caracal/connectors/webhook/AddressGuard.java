package dev.caracal.connectors.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.http.conn.DnsResolver;

/**
 * Resolves host names, and refuses those that stand for an address which is not public: of this
 * machine, of the network it is in, or of its cloud's metadata service.
 *
 * <p>The HTTP client connects to what this returns and asks no one again, so a name server that
 * gives another answer the second time gains nothing.
 */
final class AddressGuard implements DnsResolver {

    /** Not global by the IANA registries of special-purpose addresses (RFC 6890), or no unicast. */
    private static final List<Network> NOT_PUBLIC =
            Stream.of(
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
                            "224.0.0.0/3",
                            "2001::/23",
                            "2001:db8::/32")
                    .map(Network::parse)
                    .toList();

    /** All of IPv6 that is handed out, and what stands for an IPv4 address (RFC 6052, 3056). */
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

    private final List<Network> allowed;

    AddressGuard(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** A name stands for an address that requests may not go to. */
    static final class RefusedException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        RefusedException(InetAddress address) {
            super("the address " + address.getHostAddress() + " is not public");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!isAllowed(address.getAddress())) {
                throw new RefusedException(address);
            }
        }
        return addresses;
    }

    private boolean isAllowed(byte[] address) {
        return allowed.stream().anyMatch(network -> network.contains(address)) || isPublic(address);
    }

    private static boolean isPublic(byte[] address) {
        if (NAT64.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 2, 6));
        }
        boolean unicast = address.length == 4 || GLOBAL_UNICAST.contains(address);
        return unicast && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }
}
