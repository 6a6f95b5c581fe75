package dev.caracal.rules;

import java.util.regex.Pattern;

/**
 * A Python module that rules and data models import by its name: a file with {@code AnalysisType:
 * global}.
 *
 * @param name its {@code GlobalID}
 * @param pythonPath of its Python file, for messages
 */
record GlobalModule(String name, RuleSource source, String pythonPath) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static GlobalModule read(RuleSource source) throws RuleException {
        YamlMap yaml = YamlMap.parse(source.path(), source.yaml());
        yaml.requireKeys(AnalysisType.GLOBAL.keys(), "a global");
        String name = yaml.text("GlobalID", "the module's name");
        if (!NAME.matcher(name).matches()) {
            throw yaml.problem(
                    yaml.line("GlobalID"),
                    "GlobalID is '" + name + "', expected a name that Python can import");
        }
        String file = yaml.text("Filename", "the name of a Python file");
        return new GlobalModule(name, source, RuleSource.beside(source.path(), file));
    }
}
