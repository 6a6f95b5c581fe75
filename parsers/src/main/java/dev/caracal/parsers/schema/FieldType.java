package dev.caracal.parsers.schema;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.time.TimeFormat;
import java.util.List;

/** What a field holds. References to definitions are resolved before a type is made. */
public sealed interface FieldType {

    /** Text; numbers and booleans are taken as text too. */
    record StringType(List<Scanner> indicators, Validation validation) implements FieldType {
        public StringType {
            indicators = List.copyOf(indicators);
        }
    }

    record ObjectType(List<Field> fields) implements FieldType {
        public ObjectType {
            fields = List.copyOf(fields);
        }
    }

    record ArrayType(FieldType element) implements FieldType {}

    /** A point in time; the first format that fits counts. */
    record TimestampType(List<TimeFormat> formats, boolean isEventTime) implements FieldType {
        public TimestampType {
            formats = List.copyOf(formats);
        }
    }

    record BooleanType() implements FieldType {}

    /**
     * A whole number between two bounds, both included.
     *
     * @param orText text that is no number is kept as text
     */
    record IntegerType(String name, long min, long max, boolean orText) implements FieldType {}

    record FloatType() implements FieldType {}

    /**
     * Any JSON value, kept as it is.
     *
     * @param awsIndicators whether AWS identifiers are looked for in the whole value
     */
    record JsonType(boolean awsIndicators) implements FieldType {}
}
