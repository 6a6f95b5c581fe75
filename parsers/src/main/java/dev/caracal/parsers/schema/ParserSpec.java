package dev.caracal.parsers.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a raw record is taken apart into fields. */
public sealed interface ParserSpec {

    /** The record is one JSON object. */
    record Json() implements ParserSpec {}

    /**
     * The record is one row of delimited text, quoted with {@code "} where needed.
     *
     * @param hasHeader the object begins with a header; it names the columns unless {@code columns}
     *     does
     * @param columns names of the columns in order, empty if the header names them; a column
     *     without a name is passed over
     */
    record Csv(char delimiter, boolean hasHeader, List<String> columns, TextOptions options)
            implements ParserSpec {
        public Csv {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The record is text with fixed parts between its fields; the first pattern that fits counts.
     */
    record Fastmatch(List<FastmatchPattern> patterns, TextOptions options) implements ParserSpec {
        public Fastmatch {
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * The record is text in which a regular expression finds the fields.
     *
     * @param pattern in RE2 syntax, with a named group for each field
     */
    record Regex(String pattern, TextOptions options) implements ParserSpec {}

    /** A parser written in Java, by name. */
    record Native(String name) implements ParserSpec {}

    /**
     * What the parsers of text have in common.
     *
     * @param skipLines how many records at the beginning of an object hold no event
     * @param skipPrefix records that start so hold no event; empty for none
     * @param trimSpace blanks around a value are not part of it
     * @param emptyValues fields with one of these values are left out
     * @param expandFields further fields by name, with a template such as {@code %{date} %{time}}
     */
    record TextOptions(
            long skipLines,
            String skipPrefix,
            boolean trimSpace,
            List<String> emptyValues,
            Map<String, String> expandFields) {

        public static final TextOptions NONE = new TextOptions(0, "", false, List.of(), Map.of());

        public TextOptions {
            emptyValues = List.copyOf(emptyValues);
            expandFields = Collections.unmodifiableMap(new LinkedHashMap<>(expandFields));
        }
    }
}
