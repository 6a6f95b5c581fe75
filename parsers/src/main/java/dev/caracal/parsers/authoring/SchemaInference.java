package dev.caracal.parsers.authoring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.caracal.parsers.json.MismatchException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Infers a schema from samples: records that are one JSON object each.
 *
 * <p>A field is required if it is in all samples. Text is taken for a number, boolean or time if
 * all samples look so, unless the name says that it is an identifier; a number is taken for a time
 * if name and size say so. Where samples disagree, the type is the narrowest that holds them all: a
 * float for whole numbers and others, a string for scalars, {@code json} for the rest. {@code json}
 * are also objects that are maps, with names that are data, and what has only been seen empty. A
 * field that has only been null is left out.
 *
 * <p>The samples themselves are accepted by the schema. Not thread-safe.
 */
public final class SchemaInference {

    private static final JsonFactory JSON = new JsonFactory();

    private final ObservedValue record = new ObservedValue();
    private long objects;

    /**
     * Takes a sample.
     *
     * @throws MismatchException if it is not one JSON object; then nothing is taken of it
     */
    public void add(byte[] buffer, int offset, int length) throws MismatchException {
        try (JsonParser check = JSON.createParser(buffer, offset, length);
                JsonParser parser = JSON.createParser(buffer, offset, length)) {
            check(check);
            parser.nextToken();
            object(parser, record);
        } catch (JsonProcessingException e) {
            throw new MismatchException("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory cannot fail", e);
        }
    }

    /**
     * The schema, as YAML.
     *
     * @param name of the log type
     * @throws IllegalArgumentException if no sample had a field
     */
    public String yaml(String name) {
        return new SchemaYaml().schema(name, new FieldInference(record).fields());
    }

    private static void check(JsonParser parser) throws IOException, MismatchException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MismatchException("not JSON: expected an object");
        }
        parser.skipChildren();
        if (parser.nextToken() != null) {
            throw new MismatchException("not JSON: expected the end of the record");
        }
    }

    private void object(JsonParser parser, ObservedValue value) throws IOException {
        value.addObject();
        long object = ++objects;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            ObservedValue member = value.member(parser.currentName());
            JsonToken token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                member.markPresent(object, isFilled(parser));
                value(parser, member);
            }
        }
    }

    private void value(JsonParser parser, ObservedValue value) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, value);
            case START_ARRAY -> {
                ObservedValue element = value.addArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, element);
                }
            }
            case VALUE_STRING -> value.addScalar(parser.getText(), true);
            case VALUE_NULL -> {}
            default -> value.addScalar(parser.getText(), false);
        }
    }

    /** The year 1 stands for no time. */
    private static boolean isFilled(JsonParser parser) throws IOException {
        return parser.currentToken() != JsonToken.VALUE_STRING
                || !(parser.getText().isEmpty() || parser.getText().startsWith("0001-01-01"));
    }
}
