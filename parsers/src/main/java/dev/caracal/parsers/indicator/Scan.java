package dev.caracal.parsers.indicator;

import java.net.IDN;
import java.nio.charset.StandardCharsets;

/** Scanners of indicators that every vendor has. */
final class Scan {

    /** RFC 1035, section 2.3.4. */
    private static final int MAX_DOMAIN = 255;

    private Scan() {}

    static void ip(byte[] bytes, int offset, int length, IndicatorSet found) {
        int start = trimStart(bytes, offset, offset + length);
        int size = trimEnd(bytes, start, offset + length) - start;
        if (IpAddress.isAddress(bytes, start, size)) {
            found.add(Indicator.IP_ADDRESS, bytes, start, size);
        }
    }

    /**
     * Every IPv4 address in free text. What adjoins letters, digits or further dotted parts, as in
     * a version number or a domain name, is none; a full stop after an address is not part of it.
     */
    static void ipv4Text(byte[] bytes, int offset, int length, IndicatorSet found) {
        int end = offset + length;
        int p = offset;
        while (p < end) {
            if (!isWordOrDot(bytes[p])) {
                p++;
                continue;
            }
            int start = p;
            while (p < end && isWordOrDot(bytes[p])) {
                p++;
            }
            int stop = p;
            while (stop > start && bytes[stop - 1] == '.') {
                stop--;
            }
            if (IpAddress.isV4(bytes, start, stop - start)) {
                found.add(Indicator.IP_ADDRESS, bytes, start, stop - start);
            }
        }
    }

    private static boolean isWordOrDot(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '.'
                || b == '_';
    }

    static void domain(byte[] bytes, int offset, int length, IndicatorSet found) {
        int start = trimStart(bytes, offset, offset + length);
        int size = trimEnd(bytes, start, offset + length) - start;
        boolean punycode =
                size > 4
                        && size <= MAX_DOMAIN
                        && (bytes[start] | 0x20) == 'x'
                        && (bytes[start + 1] | 0x20) == 'n'
                        && bytes[start + 2] == '-'
                        && bytes[start + 3] == '-';
        if (!punycode) {
            found.add(Indicator.DOMAIN_NAME, bytes, start, size);
            return;
        }
        String decoded = IDN.toUnicode(new String(bytes, start, size, StandardCharsets.UTF_8));
        byte[] unicode = decoded.getBytes(StandardCharsets.UTF_8);
        found.add(Indicator.DOMAIN_NAME, unicode, 0, unicode.length);
    }

    static void hostname(byte[] bytes, int offset, int length, IndicatorSet found) {
        int start = trimStart(bytes, offset, offset + length);
        int size = trimEnd(bytes, start, offset + length) - start;
        if (IpAddress.isAddress(bytes, start, size)) {
            found.add(Indicator.IP_ADDRESS, bytes, start, size);
            return;
        }
        domain(bytes, start, size, found);
    }

    /** The host between {@code //} and the path, without user information and port. */
    static void url(byte[] bytes, int offset, int length, IndicatorSet found) {
        int end = offset + length;
        int start = offset;
        while (start + 1 < end && !(bytes[start] == '/' && bytes[start + 1] == '/')) {
            byte b = bytes[start];
            if (b == '/' || b == '?' || b == '#') {
                return;
            }
            start++;
        }
        start += 2;
        if (start >= end) {
            return;
        }
        int stop = start;
        int host = start;
        while (stop < end && bytes[stop] != '/' && bytes[stop] != '?' && bytes[stop] != '#') {
            if (bytes[stop] == '@') {
                host = stop + 1;
            }
            stop++;
        }
        netAddress(bytes, host, stop - host, found);
    }

    /** A host with or without a port; an IPv6 address with a port stands in brackets. */
    static void netAddress(byte[] bytes, int offset, int length, IndicatorSet found) {
        int start = trimStart(bytes, offset, offset + length);
        int end = trimEnd(bytes, start, offset + length);
        if (start < end && bytes[start] == '[') {
            int bracket = indexOf(bytes, start, end, ']');
            if (bracket > 0) {
                hostname(bytes, start + 1, bracket - start - 1, found);
            }
            return;
        }
        int colon = indexOf(bytes, start, end, ':');
        if (colon >= 0 && indexOf(bytes, colon + 1, end, ':') < 0) {
            end = colon;
        }
        hostname(bytes, start, end - start, found);
    }

    static void hash(
            Indicator kind, int digits, byte[] bytes, int offset, int length, IndicatorSet found) {
        int start = trimStart(bytes, offset, offset + length);
        if (trimEnd(bytes, start, offset + length) - start != digits) {
            return;
        }
        byte[] lower = new byte[digits];
        for (int i = 0; i < digits; i++) {
            byte b = bytes[start + i];
            if (Character.digit(b, 16) < 0) {
                return;
            }
            lower[i] = (byte) (b <= '9' ? b : b | 0x20);
        }
        found.add(kind, lower, 0, digits);
    }

    static void trimmed(Indicator kind, byte[] bytes, int offset, int length, IndicatorSet found) {
        int start = trimStart(bytes, offset, offset + length);
        found.add(kind, bytes, start, trimEnd(bytes, start, offset + length) - start);
    }

    static void email(byte[] bytes, int offset, int length, IndicatorSet found) {
        if (indexOf(bytes, offset, offset + length, '@') >= 0) {
            trimmed(Indicator.EMAIL, bytes, offset, length, found);
        }
    }

    static int indexOf(byte[] bytes, int start, int end, char wanted) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int trimStart(byte[] bytes, int offset, int end) {
        int start = offset;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        return start;
    }

    private static int trimEnd(byte[] bytes, int start, int offset) {
        int end = offset;
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
