package dev.caracal.parsers.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fields with the text that stands between them, such as {@code %{ip} [%{time}] "%{request}"}.
 *
 * @param prefix the text before the first field
 */
public record FastmatchPattern(String prefix, List<Placeholder> placeholders) {

    /** Bounds what trying a pattern on a record can cost. */
    private static final int MAX_LENGTH = 4096;

    private static final int MIN_LENGTH = 4;

    /**
     * A field of a pattern.
     *
     * @param name empty if the value is passed over
     * @param delimiter the text that ends the value; empty if it goes on to the end of the record
     * @param quoted there is the same quote on both sides, so that a backslash may escape it
     */
    public record Placeholder(String name, String delimiter, boolean quoted) {}

    public FastmatchPattern {
        placeholders = List.copyOf(placeholders);
    }

    static FastmatchPattern read(YamlValue value) throws SchemaException {
        String text = value.string();
        String pattern = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (pattern.length() < MIN_LENGTH || pattern.length() > MAX_LENGTH) {
            throw value.wrong(
                    "expected a pattern of %d to %d characters, found '%s'"
                            .formatted(MIN_LENGTH, MAX_LENGTH, YamlValue.shorten(pattern)));
        }
        if (pattern.indexOf('\n') >= 0) {
            throw wrong(value, pattern, "a line break only at the end");
        }
        int start = pattern.indexOf("%{");
        if (start < 0) {
            throw wrong(value, pattern, "a field such as %{name}");
        }
        String prefix = pattern.substring(0, start);
        String before = prefix;
        List<Placeholder> placeholders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (start >= 0) {
            int end = pattern.indexOf('}', start);
            if (end < 0) {
                throw wrong(value, pattern, "'}' after '%{'");
            }
            String name = pattern.substring(start + 2, end);
            if (!name.isEmpty() && !names.add(name)) {
                throw wrong(value, pattern, "each field once; '" + name + "' appears twice");
            }
            int next = pattern.indexOf("%{", end);
            String delimiter = pattern.substring(end + 1, next < 0 ? pattern.length() : next);
            if (delimiter.isEmpty() && next >= 0) {
                throw wrong(value, pattern, "text between two fields, after '" + name + "'");
            }
            placeholders.add(new Placeholder(name, delimiter, isQuoted(before, delimiter)));
            before = delimiter;
            start = next;
        }
        return new FastmatchPattern(prefix, placeholders);
    }

    private static boolean isQuoted(String before, String after) {
        if (before.isEmpty() || after.isEmpty()) {
            return false;
        }
        char quote = after.charAt(0);
        return (quote == '"' || quote == '\'') && before.charAt(before.length() - 1) == quote;
    }

    private static SchemaException wrong(YamlValue value, String pattern, String expected) {
        return value.wrong("pattern '" + YamlValue.shorten(pattern) + "': expected " + expected);
    }
}
