package dev.caracal.parsers.authoring;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.TypeName;
import dev.caracal.parsers.time.TimeFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a schema of JSON records as people write them: a line for each field without fields. */
final class SchemaYaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Set<String> NOT_TEXT =
            Set.of("true", "false", "null", "yes", "no", "on", "off");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private final StringBuilder out = new StringBuilder();

    String schema(String name, List<Field> fields) {
        out.append("schema: ").append(name).append("\nfields:\n");
        fields(fields, "");
        return out.toString();
    }

    private void fields(List<Field> fields, String indent) {
        for (Field field : fields) {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put("name", text(field.name()));
            if (field.required()) {
                keys.put("required", "true");
            }
            out.append(indent).append("- ");
            value(keys, field.type(), indent + "  ");
        }
    }

    /** Writes the type and what belongs to it, where the line has already been begun. */
    private void value(Map<String, String> keys, FieldType type, String indent) {
        scalarKeys(keys, type);
        if (!hasFields(type)) {
            if (type instanceof FieldType.ArrayType array) {
                keys.put("element", flow(array.element()));
            }
            out.append(flow(keys)).append('\n');
            return;
        }
        String lines =
                keys.entrySet().stream()
                        .map(key -> key.getKey() + ": " + key.getValue() + '\n')
                        .collect(Collectors.joining(indent));
        out.append(lines);
        if (type instanceof FieldType.ArrayType array) {
            out.append(indent).append("element:\n").append(indent).append("  ");
            value(new LinkedHashMap<>(), array.element(), indent + "  ");
        } else if (type instanceof FieldType.ObjectType object) {
            out.append(indent).append("fields:\n");
            fields(object.fields(), indent);
        }
    }

    private static boolean hasFields(FieldType type) {
        return type instanceof FieldType.ObjectType
                || (type instanceof FieldType.ArrayType array && hasFields(array.element()));
    }

    private static void scalarKeys(Map<String, String> keys, FieldType fieldType) {
        keys.put("type", keyword(fieldType));
        if (fieldType instanceof FieldType.StringType type && !type.indicators().isEmpty()) {
            keys.put(
                    "indicators",
                    type.indicators().stream()
                            .map(Scanner::schemaName)
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        if (fieldType instanceof FieldType.TimestampType type) {
            List<String> formats =
                    type.formats().stream().map(TimeFormat::name).map(SchemaYaml::text).toList();
            keys.put("timeFormat", formats.get(0));
            if (type.isEventTime()) {
                keys.put("isEventTime", "true");
            }
        }
    }

    private static String keyword(FieldType type) {
        return type instanceof FieldType.ArrayType ? "array" : TypeName.of(type);
    }

    private static String flow(FieldType type) {
        Map<String, String> keys = new LinkedHashMap<>();
        scalarKeys(keys, type);
        if (type instanceof FieldType.ArrayType array) {
            keys.put("element", flow(array.element()));
        }
        return flow(keys);
    }

    private static String flow(Map<String, String> keys) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + ": " + key.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(String text) {
        if (PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        if (PRINTABLE.matcher(text).matches()) {
            return '\'' + text.replace("'", "''") + '\'';
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quoted.append(escaped(c)));
        return quoted.append('"').toString();
    }

    private static String escaped(int c) {
        boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
        return plain ? Character.toString(c) : String.format("\\U%08X", c);
    }
}
