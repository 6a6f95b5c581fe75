package dev.caracal.parsers;

import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.logtypes.RecordParsers;
import dev.caracal.parsers.schema.Schema;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.Reader;
import java.util.Objects;

/** A kind of log: its schema, and the parser that goes with it. */
public record LogType(Schema schema) {

    /**
     * @throws IllegalArgumentException if the schema names a native parser that does not exist
     */
    public LogType {
        Objects.requireNonNull(schema, "schema is null");
        RecordParsers.check(schema);
    }

    /**
     * Reads a log type from its schema.
     *
     * @param file how messages call the file
     */
    public static LogType read(String file, Reader yaml) throws SchemaException {
        Schema schema = SchemaReader.read(file, yaml);
        RecordParsers.check(file, schema);
        return new LogType(schema);
    }

    /** For example {@code AWS.CloudTrail}. */
    public String name() {
        return schema.name();
    }

    public String description() {
        return schema.description();
    }

    /** The vendor's documentation, empty if there is none. */
    public String referenceUrl() {
        return schema.referenceUrl();
    }

    RecordParser newParser(EventBuilder builder) {
        return RecordParsers.create(schema, builder);
    }
}
