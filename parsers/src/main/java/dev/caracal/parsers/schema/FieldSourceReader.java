package dev.caracal.parsers.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code rename}, {@code copy}, {@code concat} and {@code split}. */
final class FieldSourceReader {

    static final List<String> KEYS = List.of("rename", "copy", "concat", "split");

    private static final int MAX_PATHS = 100;
    private static final int MAX_INDEX = 10_000;

    private FieldSourceReader() {}

    static FieldSource read(String fieldName, Map<String, YamlValue> members)
            throws SchemaException {
        List<String> given = KEYS.stream().filter(members::containsKey).toList();
        if (given.isEmpty()) {
            return new FieldSource.Key(fieldName);
        }
        YamlValue value = members.get(given.get(given.size() - 1));
        if (value == null || given.size() > 1) {
            throw members.values()
                    .iterator()
                    .next()
                    .wrong(
                            "expected at most one of "
                                    + String.join(", ", KEYS)
                                    + " in a field, found "
                                    + String.join(", ", given));
        }
        return switch (given.get(0)) {
            case "rename" -> new FieldSource.Key(from(value, value.members("from")).nonEmpty());
            case "copy" -> new FieldSource.Copy(FieldPath.read(from(value, value.members("from"))));
            case "concat" -> concat(value);
            default -> split(value);
        };
    }

    private static YamlValue from(YamlValue value, Map<String, YamlValue> members)
            throws SchemaException {
        return value.required(members, "from");
    }

    private static FieldSource concat(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members = value.members("separator", "paths");
        YamlValue list = value.required(members, "paths");
        List<FieldPath> paths = new ArrayList<>();
        for (YamlValue path : list.elements()) {
            paths.add(FieldPath.read(path));
        }
        if (paths.isEmpty() || paths.size() > MAX_PATHS) {
            throw list.wrong("expected 1 to " + MAX_PATHS + " paths, found " + paths.size());
        }
        return new FieldSource.Concat(YamlValue.optional(members, "separator", ""), paths);
    }

    private static FieldSource split(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members = value.members("from", "separator", "index");
        YamlValue index = value.required(members, "index");
        if (index.number() < 0 || index.number() > MAX_INDEX) {
            throw index.wrong("expected 0 to " + MAX_INDEX + " for index, found " + index.number());
        }
        return new FieldSource.Split(
                FieldPath.read(from(value, members)),
                value.required(members, "separator").nonEmpty(),
                (int) index.number());
    }
}
