package dev.caracal.rules.candidate;

/** What Python's {@code ipaddress} takes for an address. */
final class IpAddresses {

    /** An address object, of which only its being there is known. */
    static final Object ADDRESS = new Object();

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
            return ADDRESS;
        }
        throw function.equals("ip_address") ? Raised.VALUE_ERROR : Raised.ADDRESS_VALUE_ERROR;
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
