package dev.caracal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Names that mean the same in all log types, mapped to the fields of one: what {@code event.udm}
 * reads. A file with {@code AnalysisType: datamodel}.
 *
 * @param logTypes exactly one in practice; of one log type at most one model is enabled
 * @param pythonPath of the file with the methods; empty if there is none
 */
public record DataModel(
        String id,
        RuleSource source,
        boolean enabled,
        List<String> logTypes,
        List<Mapping> mappings,
        String pythonPath) {

    public DataModel {
        logTypes = List.copyOf(logTypes);
        mappings = List.copyOf(mappings);
    }

    /**
     * @param path JSON path of the field; empty if a method gives the value
     * @param method function of the Python file; empty if a path gives the value
     */
    public record Mapping(String name, String path, String method) {}

    /**
     * @throws RuleException naming file, line, value and what was expected
     */
    public static DataModel read(RuleSource source) throws RuleException {
        YamlMap yaml = YamlMap.parse(source.path(), source.yaml());
        yaml.requireKeys(AnalysisType.DATA_MODEL.keys(), "a data model");
        String id = yaml.text("DataModelID", "the data model's id");
        List<String> logTypes = yaml.texts("LogTypes");
        if (logTypes.isEmpty()) {
            throw yaml.problem(
                    yaml.line("LogTypes"), "LogTypes is missing, expected at least one log type");
        }
        String file = yaml.text("Filename");
        var mappings = new ArrayList<Mapping>();
        for (YamlMap mapping : yaml.maps("Mappings")) {
            mappings.add(mapping(mapping, file != null));
        }
        return new DataModel(
                id,
                source,
                yaml.truth("Enabled", true),
                logTypes,
                mappings,
                file == null ? "" : RuleSource.beside(source.path(), file));
    }

    private static Mapping mapping(YamlMap yaml, boolean hasPython) throws RuleException {
        yaml.requireKeys(Set.of("Name", "Path", "Method"), "a mapping");
        String name = yaml.text("Name", "the name by which rules ask");
        String path = yaml.text("Path");
        String method = yaml.text("Method");
        if ((path == null) == (method == null)) {
            throw yaml.problem(yaml.line(), "mapping " + name + ": expected either Path or Method");
        }
        if (method != null && !hasPython) {
            throw yaml.problem(
                    yaml.line("Method"),
                    "mapping " + name + " has a Method, but the data model has no Filename");
        }
        return new Mapping(name, path == null ? "" : path, method == null ? "" : method);
    }
}
