package dev.caracal.rules;

import java.util.Objects;

/**
 * A rule as written: its YAML and, for a Python rule, its Python.
 *
 * @param path of the YAML file in the control location, for messages
 * @param python empty if the rule has no Python file
 */
public record RuleSource(String path, String yaml, String python) {

    public RuleSource {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(yaml, "yaml is null");
        Objects.requireNonNull(python, "python is null");
    }
}
