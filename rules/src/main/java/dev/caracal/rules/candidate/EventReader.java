package dev.caracal.rules.candidate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an event's JSON, as a tree or only the text at one path. */
final class EventReader {

    private static final JsonFactory JSON = new JsonFactory();

    private EventReader() {}

    /**
     * The event as rules see it.
     *
     * @throws IOException if it is no JSON object
     */
    static Mapping.EventObject read(byte[] json, Fields fields) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("The event is no JSON object");
            }
            return object(parser, fields);
        }
    }

    private static Mapping.EventObject object(JsonParser parser, @Nullable Fields fields)
            throws IOException {
        Mapping.EventObject object = new Mapping.EventObject(fields);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, null);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield Items.list(Collections.unmodifiableList(values));
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? Special.UNKNOWN
                            : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> Special.NONE;
        };
    }

    /**
     * The text at the path, keys exactly as written; null if it is not there or no text.
     *
     * <p>An event has each of its fields once. Below them is the vendor's JSON: where a key is
     * there twice, the last one counts.
     */
    static @Nullable String text(byte[] json, List<String> path) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return text(parser, path, 0);
        }
    }

    private static @Nullable String text(JsonParser parser, List<String> path, int depth)
            throws IOException {
        if (depth == path.size()) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            parser.skipChildren();
            return null;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        String found = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isKey = parser.currentName().equals(path.get(depth));
            parser.nextToken();
            if (!isKey) {
                parser.skipChildren();
                continue;
            }
            found = text(parser, path, depth + 1);
            if (depth == 0) {
                return found;
            }
        }
        return found;
    }
}
