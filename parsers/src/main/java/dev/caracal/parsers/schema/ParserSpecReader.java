package dev.caracal.parsers.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code parser}. */
final class ParserSpecReader {

    private ParserSpecReader() {}

    static ParserSpec read(@Nullable YamlValue value) throws SchemaException {
        if (value == null) {
            return new ParserSpec.Json();
        }
        Map<String, YamlValue> members = value.members("csv", "native");
        if (members.size() != 1) {
            throw value.wrong("expected exactly one parser of csv, native");
        }
        YamlValue csv = members.get("csv");
        if (csv != null) {
            return csv(csv);
        }
        YamlValue nativeParser = value.required(members, "native");
        Map<String, YamlValue> options = nativeParser.members("name");
        return new ParserSpec.Native(nativeParser.required(options, "name").string());
    }

    private static ParserSpec csv(YamlValue value) throws SchemaException {
        Map<String, YamlValue> members =
                value.members(
                        "delimiter",
                        "hasHeader",
                        "columns",
                        "skipPrefix",
                        "trimSpace",
                        "emptyValues",
                        "expandFields");
        boolean hasHeader = YamlValue.flag(members, "hasHeader");
        YamlValue columns = members.get("columns");
        if (columns == null && !hasHeader) {
            throw value.wrong("csv needs columns or hasHeader: true");
        }
        YamlValue emptyValues = members.get("emptyValues");
        Map<String, String> expandFields = new LinkedHashMap<>();
        YamlValue expand = members.get("expandFields");
        if (expand != null) {
            for (Map.Entry<String, YamlValue> member : expand.anyMembers().entrySet()) {
                expandFields.put(member.getKey(), member.getValue().string());
            }
        }
        return new ParserSpec.Csv(
                delimiter(value.required(members, "delimiter")),
                hasHeader,
                columns == null ? List.of() : columns.strings(),
                YamlValue.optional(members, "skipPrefix", ""),
                YamlValue.flag(members, "trimSpace"),
                emptyValues == null ? List.of() : emptyValues.strings(),
                expandFields);
    }

    private static char delimiter(YamlValue value) throws SchemaException {
        String delimiter = value.string();
        if (delimiter.length() != 1 || delimiter.charAt(0) > 126 || delimiter.equals("\"")) {
            throw value.wrong(
                    "expected one character such as ',' for delimiter, found '" + delimiter + "'");
        }
        return delimiter.charAt(0);
    }
}
