package dev.caracal.rules.candidate;

/** What Python's {@code ipaddress} takes for an address. */
final class IpAddresses {

    /**
     * An address object.
     *
     * @param version4 its number; -1 for version 6, of which only its being there is known
     */
    record Address(long version4) {}

    /** As in Python's ipaddress.py, from IANA's registry of special addresses. */
    private static final long[][] NOT_GLOBAL = {
        range("0.0.0.0", 8),
        range("10.0.0.0", 8),
        range("127.0.0.0", 8),
        range("169.254.0.0", 16),
        range("172.16.0.0", 12),
        range("192.0.0.0", 24),
        range("192.0.2.0", 24),
        range("192.168.0.0", 16),
        range("198.18.0.0", 15),
        range("198.51.100.0", 24),
        range("203.0.113.0", 24),
        range("240.0.0.0", 4),
    };

    private static final long[][] GLOBAL_IN_THERE = {
        range("192.0.0.9", 32), range("192.0.0.10", 32)
    };
    private static final long[][] SHARED = {range("100.64.0.0", 10)};
    private static final long[][] LOOPBACK = {range("127.0.0.0", 8)};
    private static final long[][] LINK_LOCAL = {range("169.254.0.0", 16)};
    private static final long[][] MULTICAST = {range("224.0.0.0", 4)};
    private static final long[][] RESERVED = {range("240.0.0.0", 4)};

    private static final int OCTETS = 4;
    private static final int GROUPS = 8;

    private IpAddresses() {}

    static Object parse(String function, Object value) {
        if (value == Special.NONE) {
            throw function.equals("ip_address") ? Raised.VALUE_ERROR : Raised.ADDRESS_VALUE_ERROR;
        }
        if (!(value instanceof String text)) {
            throw Unsure.UNSURE;
        }
        boolean valid =
                switch (function) {
                    case "IPv4Address" -> isVersion4(text);
                    case "IPv6Address" -> isVersion6(text);
                    default -> isVersion4(text) || isVersion6(text);
                };
        if (valid) {
            return new Address(text.indexOf(':') < 0 ? number(text) : -1);
        }
        throw function.equals("ip_address") ? Raised.VALUE_ERROR : Raised.ADDRESS_VALUE_ERROR;
    }

    /** What Python says of an address. */
    static Object attribute(Address address, String name) {
        long number = address.version4();
        if (name.equals("version")) {
            return number < 0 ? 6L : 4L;
        }
        if (number < 0) {
            throw Unsure.UNSURE;
        }
        boolean isPrivate = isIn(number, NOT_GLOBAL) && !isIn(number, GLOBAL_IN_THERE);
        return switch (name) {
            case "is_private" -> isPrivate;
            case "is_global" -> !isPrivate && !isIn(number, SHARED);
            case "is_loopback" -> isIn(number, LOOPBACK);
            case "is_link_local" -> isIn(number, LINK_LOCAL);
            case "is_multicast" -> isIn(number, MULTICAST);
            case "is_reserved" -> isIn(number, RESERVED);
            case "is_unspecified" -> number == 0;
            default -> throw Unsure.UNSURE;
        };
    }

    private static boolean isIn(long number, long[][] ranges) {
        for (long[] range : ranges) {
            if (number >= range[0] && number <= range[1]) {
                return true;
            }
        }
        return false;
    }

    private static long[] range(String network, int prefixLength) {
        long first = number(network);
        return new long[] {first, first + (1L << (32 - prefixLength)) - 1};
    }

    private static long number(String version4) {
        long number = 0;
        for (String octet : version4.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(octet);
        }
        return number;
    }

    private static boolean isVersion4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != OCTETS) {
            return false;
        }
        for (String octet : octets) {
            boolean number = octet.length() <= 3 && isAll(octet, "0123456789");
            boolean leadingZero = octet.length() > 1 && octet.charAt(0) == '0';
            if (!number || leadingZero || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVersion6(String text) {
        if (text.indexOf(':') < 0) {
            return false;
        }
        if (text.indexOf('.') >= 0 || text.indexOf('%') >= 0) {
            throw Unsure.UNSURE;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == GROUPS;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap));
        String rest = text.substring(gap + 2);
        int after = rest.isEmpty() ? 0 : groups(rest);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups of hexadecimal digits there are; -1 if there is anything else. */
    private static int groups(String text) {
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (group.length() > 4 || !isAll(group, "0123456789abcdefABCDEF")) {
                return -1;
            }
        }
        return groups.length;
    }

    private static boolean isAll(String text, String characters) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
