package dev.caracal.parsers.authoring;

import dev.caracal.parsers.schema.SchemaTest;
import java.util.List;
import java.util.Objects;

/**
 * What a test embedded in a schema has come to.
 *
 * @param differences what is not as expected, a sentence each; none if the test passed
 */
public record SchemaTestResult(SchemaTest test, List<String> differences) {

    public SchemaTestResult {
        Objects.requireNonNull(test, "test is null");
        differences = List.copyOf(differences);
    }

    public boolean passed() {
        return differences.isEmpty();
    }
}
