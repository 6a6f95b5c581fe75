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

    public MismatchException(String message) {
        super(shorten(message), null, false, false);
    }

    /** This mismatch, said of a field that contains it. */
    public MismatchException in(String field) {
        String message = String.valueOf(getMessage());
        boolean nested = !message.startsWith(":") && !message.startsWith("[");
        return new MismatchException(field + (nested ? "." : "") + message);
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
