package dev.caracal.parsers.time;

/**
 * Layouts of Go's {@code time} package, which show how the reference time {@code Mon Jan 2 15:04:05
 * MST 2006} is written. See https://pkg.go.dev/time#pkg-constants.
 */
final class GoLayout {

    /** Element and directive by turns; one that begins like another comes before it. */
    private static final String[] ELEMENTS = {
        "January", "%B",
        "Jan", "%b",
        "Monday", "%A",
        "Mon", "%a",
        "MST", "%Z",
        "2006", "%Y",
        "002", "%j",
        "01", "%m",
        "02", "%d",
        "03", "%I",
        "04", "%M",
        "05", "%S%.",
        "06", "%y",
        "15", "%H",
        "PM", "%p",
        "pm", "%p",
        "Z07:00", "%z",
        "Z0700", "%z",
        "Z07", "%z",
        "-07:00", "%z",
        "-0700", "%z",
        "-07", "%z",
        "_2006", "_%Y",
        "_2", "%e",
        "1", "%m",
        "2", "%d",
        "3", "%I",
        "4", "%M",
        "5", "%S%.",
        "%", "%%"
    };

    private GoLayout() {}

    /** The strftime pattern that reads what the layout reads. */
    static String toStrftime(String layout) {
        StringBuilder pattern = new StringBuilder();
        int position = 0;
        while (position < layout.length()) {
            int fraction = fraction(layout, position);
            if (fraction > 0) {
                position += fraction;
                // Go reads a fraction after the seconds whether the layout has one or not.
                if (pattern.indexOf("%.", pattern.length() - 2) < 0) {
                    pattern.append("%.");
                }
                continue;
            }
            int element = element(layout, position);
            if (element < 0) {
                pattern.append(layout.charAt(position++));
                continue;
            }
            pattern.append(ELEMENTS[element + 1]);
            position += ELEMENTS[element].length();
        }
        return pattern.toString();
    }

    private static int element(String layout, int position) {
        for (int i = 0; i < ELEMENTS.length; i += 2) {
            if (layout.startsWith(ELEMENTS[i], position)) {
                return i;
            }
        }
        return -1;
    }

    /** The length of the {@code .000} or {@code .999} here, 0 if there is none. */
    private static int fraction(String layout, int start) {
        char point = layout.charAt(start);
        if ((point != '.' && point != ',') || start + 1 == layout.length()) {
            return 0;
        }
        char digit = layout.charAt(start + 1);
        if (digit != '0' && digit != '9') {
            return 0;
        }
        int end = start + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean number = end < layout.length() && Character.isDigit(layout.charAt(end));
        return number ? 0 : end - start;
    }
}
