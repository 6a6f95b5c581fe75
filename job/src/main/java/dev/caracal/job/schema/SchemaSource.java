package dev.caracal.job.schema;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.util.Objects;

/**
 * A schema of the control location, as written.
 *
 * @param path for example {@code schemas/acme/audit.yml}
 */
public record SchemaSource(String path, String yaml) {

    public SchemaSource {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(yaml, "yaml is null");
    }

    LogType read() throws SchemaException {
        try {
            return new LogType(SchemaReader.read(path, new StringReader(yaml)));
        } catch (IllegalArgumentException e) {
            throw new SchemaException(path, 1, String.valueOf(e.getMessage()));
        }
    }
}
