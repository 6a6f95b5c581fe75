package dev.caracal.parsers.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schema as a file holds it: with the tests embedded in it, and with the lines of its fields. */
public final class SchemaFile {

    private final YamlValue root;
    private final Schema schema;
    private final List<SchemaTest> tests;

    SchemaFile(YamlValue root, Schema schema, List<SchemaTest> tests) {
        this.root = root;
        this.schema = schema;
        this.tests = List.copyOf(tests);
    }

    /** How messages call the file. */
    public String name() {
        return root.file();
    }

    public Schema schema() {
        return schema;
    }

    public List<SchemaTest> tests() {
        return tests;
    }

    /**
     * The line, from 1, where a field stands; for a reference to a definition, where the definition
     * has it.
     *
     * @param path the names that lead to the field, for example {@code actor}, {@code id}; an
     *     array's element is passed over
     */
    int line(List<String> path) {
        YamlValue value = root;
        try {
            for (String name : path) {
                Optional<YamlValue> field = field(value, name);
                if (field.isEmpty()) {
                    break;
                }
                value = field.get();
            }
        } catch (SchemaException e) {
            throw new IllegalStateException("A schema that was read has turned out wrong", e);
        }
        return value.line();
    }

    private Optional<YamlValue> field(YamlValue parent, String name) throws SchemaException {
        YamlValue fields = withFields(parent).anyMembers().get("fields");
        if (fields == null) {
            return Optional.empty();
        }
        for (YamlValue field : fields.elements()) {
            YamlValue fieldName = field.anyMembers().get("name");
            if (fieldName != null && fieldName.string().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** What has the fields of a value: its element or definition, or the one of that. */
    private YamlValue withFields(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members = value.anyMembers();
        YamlValue inner = members.get("element");
        YamlValue target = members.get("target");
        if (target != null) {
            inner = definition(target.string());
        }
        return inner == null ? value : withFields(inner);
    }

    private @Nullable YamlValue definition(String name) throws SchemaException {
        YamlValue definitions = root.anyMembers().get("definitions");
        return definitions == null ? null : definitions.anyMembers().get(name);
    }
}
