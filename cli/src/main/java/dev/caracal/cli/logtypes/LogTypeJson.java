package dev.caracal.cli.logtypes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.TypeName;
import java.util.List;

/** A log type as JSON, with its fields nested as they are in events. */
final class LogTypeJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LogTypeJson() {}

    static ObjectNode of(LogTypeDescription logType) {
        ObjectNode json = NODES.objectNode();
        json.put("name", logType.name());
        json.put("format", logType.format().toString());
        json.put("description", logType.description());
        put(json, "referenceURL", logType.referenceUrl());
        logType.eventTime().ifPresent(field -> json.put("eventTime", field));
        json.set("fields", fields(logType.fields()));
        return json;
    }

    private static ArrayNode fields(List<Field> fields) {
        ArrayNode array = NODES.arrayNode();
        for (Field field : fields) {
            ObjectNode json = array.addObject();
            json.put("name", field.name());
            json.put("required", field.required());
            type(json, field.type());
            put(json, "description", field.description());
        }
        return array;
    }

    private static void type(ObjectNode json, FieldType fieldType) {
        boolean isArray = fieldType instanceof FieldType.ArrayType;
        json.put("type", isArray ? "array" : TypeName.of(fieldType));
        if (fieldType instanceof FieldType.ArrayType type) {
            type(json.putObject("element"), type.element());
        } else if (fieldType instanceof FieldType.ObjectType type) {
            json.set("fields", fields(type.fields()));
        } else {
            List<String> indicators = FieldRow.indicators(fieldType);
            if (!indicators.isEmpty()) {
                indicators.forEach(json.putArray("indicators")::add);
            }
        }
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
