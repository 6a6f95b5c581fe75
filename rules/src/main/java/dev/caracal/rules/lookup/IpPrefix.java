package dev.caracal.rules.lookup;

import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in CIDR notation; a single address is a range of one.
 *
 * @param high of the first address
 * @param low of the first address
 * @param length bits that the addresses have in common
 */
record IpPrefix(boolean v4, long high, long low, int length) {

    /** Null if the text is neither an address nor a range such as {@code 10.0.0.0/8}. */
    static @Nullable IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpNumber address = IpNumber.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = address.v4() ? 32 : 128;
        int length = slash < 0 ? bits : length(text, slash, address.v4());
        if (length < 0 || length > bits) {
            return null;
        }
        int common = address.v4() ? length + 96 : length;
        return new IpPrefix(
                address.v4(),
                address.v4() ? 0 : address.high() & mask(Math.min(common, 64)),
                address.low() & mask(Math.max(common - 64, 0)),
                length);
    }

    private static int length(String text, int slash, boolean v4) {
        try {
            int length = Integer.parseInt(text, slash + 1, text.length(), 10);
            return v4 && text.indexOf(':') >= 0 ? length - 96 : length;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The first bits of 64. */
    static long mask(int bits) {
        return bits == 0 ? 0 : -1L << 64 - bits;
    }
}
