package dev.caracal.rules;

import java.io.Serializable;
import java.util.Objects;

/**
 * A rule, a global module, a data model or a lookup table as written: its YAML and, if it names
 * any, its Python.
 *
 * @param type what of these it is
 * @param path of the YAML file in the control location, for messages
 * @param python empty if there is no Python file; a derived rule has its base's
 * @param basePath of the YAML file of a derived rule's base; empty if the rule is not derived
 * @param baseYaml of a derived rule's base; empty if the rule is not derived
 */
public record RuleSource(
        AnalysisType type,
        String path,
        String yaml,
        String python,
        String basePath,
        String baseYaml)
        implements Serializable {

    public RuleSource {
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(yaml, "yaml is null");
        Objects.requireNonNull(python, "python is null");
        Objects.requireNonNull(basePath, "basePath is null");
        Objects.requireNonNull(baseYaml, "baseYaml is null");
    }

    /** A rule that is not derived. */
    public RuleSource(String path, String yaml, String python) {
        this(AnalysisType.RULE, path, yaml, python, "", "");
    }

    boolean isDerived() {
        return !baseYaml.isEmpty();
    }

    /** The rule from which a derived rule takes what its own YAML does not say. */
    RuleSource base() {
        return new RuleSource(type, basePath, baseYaml, python, "", "");
    }

    /** The path of a file that a YAML file names, in the folder of the YAML file. */
    static String beside(String yamlPath, String filename) {
        String plain = filename.startsWith("./") ? filename.substring(2) : filename;
        return yamlPath.substring(0, yamlPath.lastIndexOf('/') + 1) + plain;
    }
}
