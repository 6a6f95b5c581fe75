package dev.caracal.parsers.schema;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.time.TimeFormat;
import dev.caracal.parsers.time.TimeFormats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the fields of a schema and resolves references to its definitions. */
final class FieldReader {

    private static final int MAX_DEPTH = 64;

    /** Definitions that refer to others several times would grow without a bound. */
    private static final int MAX_TYPES = 50_000;

    private static final String[] VALUE_KEYS = {
        "name",
        "type",
        "required",
        "description",
        "fields",
        "element",
        "target",
        "indicators",
        "validate",
        "orText",
        "timeFormat",
        "timeFormats",
        "isEventTime",
        "isEmbeddedJSON",
        "mask"
    };

    private static final String[] FIELD_KEYS =
            Stream.concat(Arrays.stream(VALUE_KEYS), FieldSourceReader.KEYS.stream())
                    .toArray(String[]::new);

    private final Map<String, YamlValue> definitions;
    private final Deque<String> resolving = new ArrayDeque<>();
    private int depth;
    private int types;

    FieldReader(Map<String, YamlValue> definitions) {
        this.definitions = definitions;
    }

    /** Refuses a definition that is wrong even where no field refers to it. */
    void checkDefinitions() throws SchemaException {
        for (Map.Entry<String, YamlValue> definition : definitions.entrySet()) {
            String name = definition.getKey();
            if (name.isEmpty() || !Character.isUpperCase(name.charAt(0))) {
                throw definition
                        .getValue()
                        .wrong(
                                "expected a definition's name to begin with a capital, found '"
                                        + name
                                        + "'");
            }
            resolve(definition.getValue(), name);
        }
    }

    List<Field> fields(YamlValue list, boolean topLevel) throws SchemaException {
        List<Field> fields = new ArrayList<>();
        Set<String> columns = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (YamlValue value : list.elements()) {
            Map<String, YamlValue> members = value.members(FIELD_KEYS);
            String name = value.required(members, "name").string();
            String column = ColumnName.of(name);
            if (name.isEmpty()) {
                throw value.wrong("expected a field name, found ''");
            }
            if (topLevel && column.startsWith("p_")) {
                throw value.wrong("field '" + name + "': names with p_ are kept for core fields");
            }
            if (!columns.add(column.toLowerCase(Locale.ROOT))) {
                throw value.wrong(
                        "field '" + name + "' has the same column name as another: " + column);
            }
            FieldSource source = FieldSourceReader.read(name, members);
            if (source instanceof FieldSource.Key key && !keys.add(key.name())) {
                throw value.wrong(
                        "field '" + name + "' has the same key as another: " + key.name());
            }
            fields.add(
                    new Field(
                            name,
                            type(value, members),
                            YamlValue.flag(members, "required"),
                            YamlValue.optional(members, "description", ""),
                            source));
        }
        if (fields.isEmpty()) {
            throw list.wrong("expected at least one field");
        }
        return fields;
    }

    private FieldType type(YamlValue value, Map<String, YamlValue> members) throws SchemaException {
        if (++depth > MAX_DEPTH) {
            throw value.wrong("nested deeper than " + MAX_DEPTH);
        }
        if (++types > MAX_TYPES) {
            throw value.wrong("more than " + MAX_TYPES + " fields, with those of definitions");
        }
        try {
            YamlValue type = value.required(members, "type");
            String name = type.string();
            refuseForeignKeys(name, members);
            return switch (name) {
                case "string" -> string(members);
                case "object" ->
                        new FieldType.ObjectType(
                                fields(value.required(members, "fields"), false),
                                YamlValue.flag(members, "isEmbeddedJSON"));
                case "array" -> array(value, members);
                case "timestamp" -> timestamp(value, members);
                case "ref" -> reference(value.required(members, "target"));
                case "boolean" -> new FieldType.BooleanType();
                case "smallint" -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE, members);
                case "int" -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, members);
                case "bigint" -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE, members);
                case "float" -> new FieldType.FloatType();
                case "json" -> json(members);
                default ->
                        throw type.wrong(
                                "unknown type '"
                                        + name
                                        + "', expected one of string, object, array, timestamp, ref,"
                                        + " boolean, smallint, int, bigint, float, json");
            };
        } finally {
            depth--;
        }
    }

    private static void refuseForeignKeys(String type, Map<String, YamlValue> members)
            throws SchemaException {
        for (Map.Entry<String, YamlValue> member : members.entrySet()) {
            boolean fits =
                    switch (member.getKey()) {
                        case "fields" -> type.equals("object");
                        case "element" -> type.equals("array");
                        case "target" -> type.equals("ref");
                        case "timeFormat", "isEventTime" ->
                                type.equals("timestamp") || type.equals("bigint");
                        case "timeFormats" -> type.equals("timestamp");
                        case "indicators" -> type.equals("string") || type.equals("json");
                        case "orText" -> type.endsWith("int");
                        case "isEmbeddedJSON" ->
                                type.equals("object")
                                        || type.equals("array")
                                        || type.equals("json");
                        case "mask" -> type.equals("string");
                        case "validate" -> type.equals("string") || type.endsWith("int");
                        default -> true;
                    };
            if (!fits) {
                throw member.getValue()
                        .wrong("'" + member.getKey() + "' does not go with type " + type);
            }
        }
    }

    private static FieldType string(Map<String, YamlValue> members) throws SchemaException {
        List<Scanner> scanners = new ArrayList<>();
        YamlValue indicators = members.get("indicators");
        Mask mask = Mask.read(members.get("mask"));
        if (indicators != null && mask != null) {
            throw indicators.wrong("'indicators' does not go with mask: they would show the text");
        }
        if (indicators != null) {
            for (YamlValue element : indicators.elements()) {
                String name = element.string();
                scanners.add(
                        Scanner.find(name)
                                .orElseThrow(
                                        () ->
                                                element.wrong(
                                                        "unknown indicator '"
                                                                + name
                                                                + "', expected one of "
                                                                + Scanner.expected())));
            }
        }
        return new FieldType.StringType(
                scanners, ValidationReader.text(members.get("validate")), mask);
    }

    private FieldType array(YamlValue value, Map<String, YamlValue> members)
            throws SchemaException {
        YamlValue element = value.required(members, "element");
        return new FieldType.ArrayType(
                type(element, element.members(VALUE_KEYS)),
                YamlValue.flag(members, "isEmbeddedJSON"));
    }

    private static FieldType timestamp(YamlValue value, Map<String, YamlValue> members)
            throws SchemaException {
        YamlValue one = members.get("timeFormat");
        YamlValue several = members.get("timeFormats");
        if ((one == null) == (several == null)) {
            throw value.wrong("a timestamp needs either timeFormat or timeFormats");
        }
        List<TimeFormat> formats = new ArrayList<>();
        if (one != null) {
            formats.add(timeFormat(one));
        } else if (several != null) {
            for (YamlValue element : several.elements()) {
                formats.add(timeFormat(element));
            }
            if (formats.isEmpty()) {
                throw several.wrong("expected at least one time format");
            }
        }
        return new FieldType.TimestampType(formats, YamlValue.flag(members, "isEventTime"));
    }

    private static TimeFormat timeFormat(YamlValue value) throws SchemaException {
        String name = value.string();
        return TimeFormats.find(name)
                .orElseThrow(
                        () ->
                                value.wrong(
                                        "unknown time format '"
                                                + name
                                                + "', expected "
                                                + TimeFormats.EXPECTED));
    }

    private static FieldType integer(
            YamlValue value, long min, long max, Map<String, YamlValue> members)
            throws SchemaException {
        String name = value.required(members, "type").string();
        Optional<TimeFormat> eventTime = eventTimeOfNumber(value, members);
        boolean orText = YamlValue.flag(members, "orText");
        YamlValue validate = members.get("validate");
        if (validate == null) {
            return new FieldType.IntegerType(name, min, max, orText, eventTime);
        }
        Map<String, YamlValue> bounds = validate.members("min", "max");
        YamlValue lower = bounds.get("min");
        YamlValue upper = bounds.get("max");
        return new FieldType.IntegerType(
                name,
                lower == null ? min : Math.max(min, lower.number()),
                upper == null ? max : Math.min(max, upper.number()),
                orText,
                eventTime);
    }

    private static Optional<TimeFormat> eventTimeOfNumber(
            YamlValue value, Map<String, YamlValue> members) throws SchemaException {
        YamlValue format = members.get("timeFormat");
        if ((format != null) != YamlValue.flag(members, "isEventTime")) {
            throw value.wrong("a number needs both timeFormat and isEventTime, or neither");
        }
        return format == null ? Optional.empty() : Optional.of(timeFormat(format));
    }

    private static FieldType json(Map<String, YamlValue> members) throws SchemaException {
        boolean embedded = YamlValue.flag(members, "isEmbeddedJSON");
        YamlValue indicators = members.get("indicators");
        if (indicators == null) {
            return new FieldType.JsonType(false, embedded);
        }
        if (!indicators.strings().equals(List.of("aws_json"))) {
            throw indicators.wrong(
                    "expected [aws_json] for the indicators of a json field, found "
                            + indicators.strings());
        }
        return new FieldType.JsonType(true, embedded);
    }

    private FieldType reference(YamlValue target) throws SchemaException {
        YamlValue definition = definitions.get(target.string());
        if (definition == null) {
            throw target.wrong(
                    "no definition '"
                            + target.string()
                            + "', expected one of "
                            + String.join(", ", definitions.keySet()));
        }
        if (resolving.contains(target.string())) {
            throw target.wrong("definition '" + target.string() + "' refers to itself");
        }
        return resolve(definition, target.string());
    }

    private FieldType resolve(YamlValue definition, String name) throws SchemaException {
        resolving.push(name);
        FieldType type = type(definition, definition.members(VALUE_KEYS));
        resolving.pop();
        return type;
    }
}
