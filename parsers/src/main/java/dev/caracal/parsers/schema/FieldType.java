package dev.caracal.parsers.schema;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.time.TimeFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a field holds. References to definitions are resolved before a type is made. */
public sealed interface FieldType {

    /** Whether a text in it is masked. */
    default boolean isMasked() {
        return false;
    }

    /**
     * Text; numbers and booleans are taken as text too.
     *
     * @param mask null if the text stands in events as it is
     */
    record StringType(List<Scanner> indicators, Validation validation, @Nullable Mask mask)
            implements FieldType {
        public StringType {
            indicators = List.copyOf(indicators);
        }

        public StringType(List<Scanner> indicators, Validation validation) {
            this(indicators, validation, null);
        }

        @Override
        public boolean isMasked() {
            return mask != null;
        }
    }

    /**
     * An object.
     *
     * @param embedded it may also be given as a string that holds its JSON
     */
    record ObjectType(List<Field> fields, boolean embedded) implements FieldType {
        public ObjectType {
            fields = List.copyOf(fields);
        }

        public ObjectType(List<Field> fields) {
            this(fields, false);
        }

        @Override
        public boolean isMasked() {
            return fields.stream().anyMatch(field -> field.type().isMasked());
        }
    }

    /**
     * A list.
     *
     * @param embedded it may also be given as a string that holds its JSON
     */
    record ArrayType(FieldType element, boolean embedded) implements FieldType {
        public ArrayType(FieldType element) {
            this(element, false);
        }

        @Override
        public boolean isMasked() {
            return element.isMasked();
        }
    }

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
     * @param eventTime how it tells the event's time, if it does; it stays a number
     */
    record IntegerType(
            String name, long min, long max, boolean orText, Optional<TimeFormat> eventTime)
            implements FieldType {}

    record FloatType() implements FieldType {}

    /**
     * Any JSON value, kept as it is.
     *
     * @param awsIndicators whether AWS identifiers are looked for in the whole value
     * @param embedded a string holds JSON, which is kept in its place
     */
    record JsonType(boolean awsIndicators, boolean embedded) implements FieldType {
        public JsonType(boolean awsIndicators) {
            this(awsIndicators, false);
        }
    }
}
