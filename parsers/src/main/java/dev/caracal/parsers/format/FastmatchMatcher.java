package dev.caracal.parsers.format;

import dev.caracal.parsers.schema.FastmatchPattern;
import dev.caracal.parsers.schema.FastmatchPattern.Placeholder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the fields of a {@link FastmatchPattern} in text: each goes up to the first place where the
 * text that follows it stands.
 *
 * <p>Between quotes a quote after a backslash does not count, and escapes are decoded.
 */
final class FastmatchMatcher {

    private static final int NOT_FOUND = -1;

    private final byte[] prefix;
    private final List<Placeholder> placeholders;
    private final byte[][] delimiters;
    private final TextRow row;
    private final BackslashEscapes escapes = new BackslashEscapes();

    /** The placeholder whose delimiter was not there when the last text did not match. */
    private int failedAt;

    FastmatchMatcher(FastmatchPattern pattern, TextRows rows) {
        this.prefix = pattern.prefix().getBytes(StandardCharsets.UTF_8);
        this.placeholders = pattern.placeholders();
        this.delimiters =
                placeholders.stream()
                        .map(p -> p.delimiter().getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        this.row = rows.row(placeholders.stream().map(Placeholder::name).toList());
    }

    /** What {@link #matches} has found. */
    TextRow row() {
        return row;
    }

    boolean matches(byte[] text, int offset, int length) {
        failedAt = NOT_FOUND;
        if (!isAt(prefix, text, offset, offset + length)) {
            return false;
        }
        row.clear();
        escapes.clear();
        int end = offset + length;
        int position = offset + prefix.length;
        for (int i = 0; i < delimiters.length; i++) {
            int stop = valueEnd(i, text, position, end);
            if (stop == NOT_FOUND) {
                failedAt = i;
                return false;
            }
            set(i, text, position, stop);
            position = stop + delimiters[i].length;
        }
        failedAt = delimiters.length - 1;
        return position == end;
    }

    /** What the text that did not match should have had; not the text itself. */
    String missing() {
        if (failedAt == NOT_FOUND) {
            return "text that begins with '" + new String(prefix, StandardCharsets.UTF_8) + "'";
        }
        Placeholder placeholder = placeholders.get(failedAt);
        String field = placeholder.name().isEmpty() ? "a field" : placeholder.name();
        String last = failedAt == delimiters.length - 1 ? " and the end" : "";
        return "'" + placeholder.delimiter() + "'" + last + " after " + field;
    }

    private int valueEnd(int i, byte[] text, int start, int end) {
        byte[] delimiter = delimiters[i];
        if (delimiter.length == 0) {
            return end;
        }
        if (placeholders.get(i).quoted()) {
            int stop = indexOfUnescaped(delimiter, text, start, end);
            if (stop != NOT_FOUND) {
                return stop;
            }
        }
        return indexOf(delimiter, text, start, end);
    }

    private void set(int i, byte[] text, int start, int stop) {
        if (placeholders.get(i).quoted() && BackslashEscapes.areIn(text, start, stop)) {
            int from = escapes.decode(text, start, stop);
            row.set(i, escapes.bytes(), from, escapes.length() - from);
            return;
        }
        row.set(i, text, start, stop - start);
    }

    private static int indexOf(byte[] wanted, byte[] text, int start, int end) {
        byte first = wanted[0];
        for (int p = start; p < end; p++) {
            if (text[p] == first && isAt(wanted, text, p, end)) {
                return p;
            }
        }
        return NOT_FOUND;
    }

    private static int indexOfUnescaped(byte[] wanted, byte[] text, int start, int end) {
        for (int p = start; p < end; p++) {
            if (text[p] == '\\') {
                p++;
            } else if (text[p] == wanted[0] && isAt(wanted, text, p, end)) {
                return p;
            }
        }
        return NOT_FOUND;
    }

    private static boolean isAt(byte[] wanted, byte[] text, int position, int end) {
        return end - position >= wanted.length
                && Arrays.equals(
                        wanted, 0, wanted.length, text, position, position + wanted.length);
    }
}
