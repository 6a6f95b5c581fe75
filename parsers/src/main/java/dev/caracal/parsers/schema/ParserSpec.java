package dev.caracal.parsers.schema;

import java.util.List;
import java.util.Map;

/** How a raw record is taken apart into fields. */
public sealed interface ParserSpec {

    /** The record is one JSON object. */
    record Json() implements ParserSpec {}

    /**
     * The record is one row of delimited text, quoted with {@code "} where needed.
     *
     * @param hasHeader the object's first record is a header; it names the columns unless {@code
     *     columns} does
     * @param columns names of the columns in order, empty if the header names them
     * @param skipPrefix records that start so hold no event; empty for none
     * @param emptyValues columns with one of these values are left out
     * @param expandFields further fields by name, with a template such as {@code %{date} %{time}}
     */
    record Csv(
            char delimiter,
            boolean hasHeader,
            List<String> columns,
            String skipPrefix,
            boolean trimSpace,
            List<String> emptyValues,
            Map<String, String> expandFields)
            implements ParserSpec {
        public Csv {
            columns = List.copyOf(columns);
            emptyValues = List.copyOf(emptyValues);
            expandFields = Map.copyOf(expandFields);
        }
    }

    /** A parser written in Java, by name. */
    record Native(String name) implements ParserSpec {}
}
