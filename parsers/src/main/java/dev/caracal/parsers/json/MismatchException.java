package dev.caracal.parsers.json;

import java.nio.charset.StandardCharsets;

/**
 * A record is not what was expected of it; the message names the field and the value, and is short.
 *
 * <p>It carries no stack trace: trying a log type that does not fit is an everyday matter.
 */
public final class MismatchException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int MAX_EXCERPT = 60;
    private static final int MAX_MESSAGE = 240;

    private final String expectation;
    private final String found;

    public MismatchException(String message) {
        this(message, "");
    }

    /**
     * @param found what stands there instead of what was expected, as {@link #excerpt} gives it
     */
    public MismatchException(String expectation, String found) {
        super(
                shorten(found.isEmpty() ? expectation : expectation + ", found " + found),
                null,
                false,
                false);
        this.expectation = shorten(expectation);
        this.found = found;
    }

    /** This mismatch, said of a field that contains it. */
    public MismatchException in(String field) {
        boolean nested = !expectation.startsWith(":") && !expectation.startsWith("[");
        return new MismatchException(field + (nested ? "." : "") + expectation, found);
    }

    /** This mismatch without the value that was found. */
    public MismatchException withoutValue() {
        return new MismatchException(expectation);
    }

    /** The beginning of a value, quoted, for use in a message. */
    public static String excerpt(byte[] bytes, int offset, int length) {
        int shown = Math.min(length, MAX_EXCERPT);
        String text = new String(bytes, offset, shown, StandardCharsets.UTF_8);
        return '\'' + printable(text) + (shown < length ? "...'" : "'");
    }

    private static String shorten(String message) {
        return message.length() <= MAX_MESSAGE
                ? message
                : message.substring(0, MAX_MESSAGE) + "...";
    }

    private static String printable(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(Character.isISOControl(c) ? ' ' : c);
        }
        return result.toString();
    }
}
