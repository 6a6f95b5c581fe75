package dev.caracal.parsers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code parser}. */
final class ParserSpecReader {

    private static final int MAX_FASTMATCH_PATTERNS = 100;

    private ParserSpecReader() {}

    static ParserSpec read(@Nullable YamlValue value) throws SchemaException {
        if (value == null) {
            return new ParserSpec.Json();
        }
        Map<String, YamlValue> members = value.members("csv", "fastmatch", "regex", "native");
        if (members.size() != 1) {
            throw value.wrong("expected exactly one parser of csv, fastmatch, regex, native");
        }
        Map.Entry<String, YamlValue> parser = members.entrySet().iterator().next();
        return switch (parser.getKey()) {
            case "csv" -> csv(parser.getValue());
            case "fastmatch" -> fastmatch(parser.getValue());
            case "regex" -> regex(parser.getValue());
            default -> nativeParser(parser.getValue());
        };
    }

    private static ParserSpec nativeParser(YamlValue value) throws SchemaException {
        YamlValue name = value.required(value.members("name"), "name");
        return new ParserSpec.Native(name.nonEmpty());
    }

    private static ParserSpec csv(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members = textMembers(value, "delimiter", "hasHeader", "columns");
        boolean hasHeader = YamlValue.flag(members, "hasHeader");
        YamlValue columns = members.get("columns");
        if (columns == null && !hasHeader) {
            throw value.wrong("csv needs columns or hasHeader: true");
        }
        return new ParserSpec.Csv(
                delimiter(value.required(members, "delimiter")),
                hasHeader,
                columns == null ? List.of() : columns(columns),
                textOptions(members));
    }

    private static char delimiter(YamlValue value) throws SchemaException {
        String delimiter = value.string();
        if (delimiter.length() != 1 || delimiter.charAt(0) > 126 || delimiter.equals("\"")) {
            throw value.wrong(
                    "expected one character such as ',' for delimiter, found '" + delimiter + "'");
        }
        return delimiter.charAt(0);
    }

    private static List<String> columns(YamlValue value) throws SchemaException {
        List<String> names = value.strings();
        if (names.stream().allMatch(String::isEmpty)) {
            throw value.wrong("expected at least one name for columns");
        }
        return names;
    }

    private static ParserSpec fastmatch(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members = textMembers(value, "match");
        YamlValue match = value.required(members, "match");
        List<FastmatchPattern> patterns = new ArrayList<>();
        for (YamlValue element : match.elements()) {
            patterns.add(FastmatchPattern.read(element));
        }
        if (patterns.isEmpty() || patterns.size() > MAX_FASTMATCH_PATTERNS) {
            throw match.wrong(
                    "expected 1 to "
                            + MAX_FASTMATCH_PATTERNS
                            + " patterns for match, found "
                            + patterns.size());
        }
        return new ParserSpec.Fastmatch(patterns, textOptions(members));
    }

    private static ParserSpec regex(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members = textMembers(value, "match", "patternDefinitions");
        RegexReader reader = new RegexReader(members.get("patternDefinitions"));
        return new ParserSpec.Regex(
                reader.match(value.required(members, "match")), textOptions(members));
    }

    private static Map<String, YamlValue> textMembers(YamlValue value, String... ownKeys)
            throws SchemaException {
        List<String> keys = new ArrayList<>(Arrays.asList(ownKeys));
        keys.addAll(List.of("skipLines", "skipPrefix", "trimSpace", "emptyValues", "expandFields"));
        return value.members(keys.toArray(String[]::new));
    }

    private static ParserSpec.TextOptions textOptions(Map<String, YamlValue> members)
            throws SchemaException {
        YamlValue emptyValues = members.get("emptyValues");
        return new ParserSpec.TextOptions(
                skipLines(members.get("skipLines")),
                YamlValue.optional(members, "skipPrefix", ""),
                YamlValue.flag(members, "trimSpace"),
                emptyValues == null ? List.of() : emptyValues.strings(),
                expandFields(members.get("expandFields")));
    }

    private static long skipLines(@Nullable YamlValue value) throws SchemaException {
        if (value == null) {
            return 0;
        }
        if (value.number() < 0) {
            throw value.wrong("expected 0 or more for skipLines, found " + value.number());
        }
        return value.number();
    }

    private static Map<String, String> expandFields(@Nullable YamlValue value)
            throws SchemaException {
        Map<String, String> templates = new LinkedHashMap<>();
        if (value == null) {
            return templates;
        }
        for (Map.Entry<String, YamlValue> member : value.anyMembers().entrySet()) {
            if (member.getKey().isEmpty()) {
                throw member.getValue().wrong("expected a field name in expandFields, found ''");
            }
            templates.put(member.getKey(), member.getValue().string());
        }
        return templates;
    }
}
