package dev.caracal.job.schema;

import java.util.Objects;

/**
 * Why a schema of the control location was refused.
 *
 * @param message names the file, the line where there is one, and what was expected
 */
public record SchemaProblem(String path, String message) {

    public SchemaProblem {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(message, "message is null");
    }
}
