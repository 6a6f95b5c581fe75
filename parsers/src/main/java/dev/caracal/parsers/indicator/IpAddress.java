package dev.caracal.parsers.indicator;

/** IP address literals, recognised in bytes. */
public final class IpAddress {

    private IpAddress() {}

    /** Dotted decimal with four parts, none with a leading zero. */
    public static boolean isV4(byte[] bytes, int offset, int length) {
        if (length < 7 || length > 15) {
            return false;
        }
        int parts = 0;
        int digits = 0;
        int value = 0;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == '.') {
                if (digits == 0 || ++parts == 4) {
                    return false;
                }
                digits = 0;
                value = 0;
                continue;
            }
            if (b < '0' || b > '9' || (digits > 0 && value == 0)) {
                return false;
            }
            value = value * 10 + b - '0';
            digits++;
            if (value > 255) {
                return false;
            }
        }
        return parts == 3 && digits > 0;
    }

    /** Eight groups of hex digits, one run of which may be {@code ::}; no zone, no prefix. */
    public static boolean isV6(byte[] bytes, int offset, int length) {
        if (length < 2 || length > 45) {
            return false;
        }
        int end = offset + length;
        int p = offset;
        int groups = 0;
        boolean gap = false;
        if (bytes[p] == ':') {
            if (bytes[p + 1] != ':') {
                return false;
            }
            gap = true;
            p += 2;
        }
        while (p < end) {
            int start = p;
            while (p < end && Character.digit(bytes[p], 16) >= 0) {
                p++;
            }
            if (p < end && bytes[p] == '.') {
                groups += 2;
                return isV4(bytes, start, end - start) && (gap ? groups < 8 : groups == 8);
            }
            if (p == start || p - start > 4 || ++groups > 8) {
                return false;
            }
            if (p == end) {
                break;
            }
            if (bytes[p++] != ':' || p == end) {
                return false;
            }
            if (bytes[p] == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                p++;
            }
        }
        return gap ? groups < 8 : groups == 8;
    }

    public static boolean isAddress(byte[] bytes, int offset, int length) {
        return isV4(bytes, offset, length) || isV6(bytes, offset, length);
    }
}
