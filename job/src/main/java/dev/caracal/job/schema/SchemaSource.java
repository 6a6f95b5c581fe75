package dev.caracal.job.schema;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaFile;
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
        return logType(readFile());
    }

    SchemaFile readFile() throws SchemaException {
        return SchemaReader.readFile(path, new StringReader(yaml));
    }

    /** The log type of this file, whose parser must exist. */
    LogType logType(SchemaFile file) throws SchemaException {
        try {
            return new LogType(file.schema());
        } catch (IllegalArgumentException e) {
            throw new SchemaException(path, 1, String.valueOf(e.getMessage()));
        }
    }
}
