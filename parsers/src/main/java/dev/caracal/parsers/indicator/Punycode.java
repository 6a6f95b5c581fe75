package dev.caracal.parsers.indicator;

import java.util.Locale;

/**
 * Decodes domain names in their ASCII form (RFC 3492, with the parameters of its section 5).
 *
 * <p>Unlike {@link java.net.IDN} it takes names of IDNA 2008 (RFC 5891) too, such as those with a
 * sharp s. What cannot be decoded is left as it is.
 */
final class Punycode {

    private static final String PREFIX = "xn--";

    private static final int BASE = 36;
    private static final int MIN_THRESHOLD = 1;
    private static final int MAX_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int FIRST_CODE_POINT = 128;

    private Punycode() {}

    /** The name with each of its labels decoded that begins with {@code xn--}. */
    static String decode(String domain) {
        StringBuilder result = new StringBuilder(domain.length());
        int start = 0;
        while (start <= domain.length()) {
            int dot = domain.indexOf('.', start);
            int end = dot < 0 ? domain.length() : dot;
            result.append(label(domain.substring(start, end)));
            if (dot >= 0) {
                result.append('.');
            }
            start = end + 1;
        }
        return result.toString();
    }

    private static String label(String label) {
        if (!label.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return label;
        }
        int delimiter = label.lastIndexOf('-');
        StringBuilder result = new StringBuilder();
        if (delimiter > PREFIX.length()) {
            result.append(label, PREFIX.length(), delimiter);
        }
        int position = Math.max(delimiter + 1, PREFIX.length());
        int codePoint = FIRST_CODE_POINT;
        int bias = INITIAL_BIAS;
        int count = result.length();
        int index = 0;
        while (position < label.length()) {
            int before = index;
            int weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = position < label.length() ? digit(label.charAt(position++)) : -1;
                if (digit < 0 || digit > (Integer.MAX_VALUE - index) / weight) {
                    return label;
                }
                index += digit * weight;
                int threshold = Math.max(MIN_THRESHOLD, Math.min(MAX_THRESHOLD, k - bias));
                if (digit < threshold) {
                    break;
                }
                if (weight > Integer.MAX_VALUE / (BASE - threshold)) {
                    return label;
                }
                weight *= BASE - threshold;
            }
            count++;
            bias = adapt(index - before, count, before == 0);
            codePoint += index / count;
            index %= count;
            if (!isCharacter(codePoint)) {
                return label;
            }
            result.insert(result.offsetByCodePoints(0, index), Character.toString(codePoint));
            index++;
        }
        return result.toString();
    }

    private static int adapt(int delta, int count, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - MIN_THRESHOLD) * MAX_THRESHOLD / 2) {
            rest /= BASE - MIN_THRESHOLD;
            k += BASE;
        }
        return k + (BASE - MIN_THRESHOLD + 1) * rest / (rest + SKEW);
    }

    private static boolean isCharacter(int codePoint) {
        return codePoint >= FIRST_CODE_POINT
                && codePoint <= Character.MAX_CODE_POINT
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0' + 26;
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'z' ? letter - 'a' : -1;
    }
}
