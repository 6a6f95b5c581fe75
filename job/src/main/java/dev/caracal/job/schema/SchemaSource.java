package dev.caracal.job.schema;

import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaFile;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.StringReader;
import java.util.List;
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

    /** The log type, of which a parser can be made. */
    public LogType read() throws SchemaException {
        return logType(readFile());
    }

    /** A defect of the reader refuses the file: it must not stop the job. */
    SchemaFile readFile() throws SchemaException {
        try {
            return SchemaReader.readFile(path, new StringReader(yaml));
        } catch (RuntimeException | StackOverflowError e) {
            throw new SchemaException(path, 1, "cannot be read: " + e);
        }
    }

    /** The log type of this file, of which a parser can be made. */
    LogType logType(SchemaFile file) throws SchemaException {
        try {
            LogType logType = new LogType(file.schema());
            new Classifier(List.of(logType));
            return logType;
        } catch (RuntimeException | StackOverflowError e) {
            throw new SchemaException(path, 1, String.valueOf(e.getMessage()));
        }
    }
}
