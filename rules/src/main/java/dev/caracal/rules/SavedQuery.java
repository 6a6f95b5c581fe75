package dev.caracal.rules;

import java.util.Objects;

/**
 * A query of a rule pack, saved or scheduled. The schedule is not read: queries run when they are
 * asked for.
 *
 * @param path of the YAML file
 * @param line of the query in the file
 * @param sql in Snowflake's dialect, mostly; empty if the file has none
 */
public record SavedQuery(
        AnalysisType type, String name, String path, int line, String description, String sql) {

    public SavedQuery {
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(sql, "sql is null");
    }

    static SavedQuery read(AnalysisType type, YamlMap yaml) throws RuleException {
        String key = "Query";
        for (String other : new String[] {"SnowflakeQuery", "AthenaQuery"}) {
            if (yaml.text(key) == null) {
                key = other;
            }
        }
        String sql = yaml.text(key);
        String description = yaml.text("Description");
        return new SavedQuery(
                type,
                yaml.text(type.idKey(), "an id"),
                yaml.path(),
                yaml.line(key),
                description == null ? "" : description.strip(),
                sql == null ? "" : sql.strip());
    }
}
