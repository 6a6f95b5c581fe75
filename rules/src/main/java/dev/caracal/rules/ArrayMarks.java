package dev.caracal.rules;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Wraps each array of a JSON text into an object with one key, the mark. Python's JSON reader calls
 * back for objects only; finding the arrays in Python, to make them read-only, takes three times as
 * long as all the rest of reading an event.
 */
final class ArrayMarks {

    /** Not to be guessed, so that no event holds it as a key. */
    final String mark = UUID.randomUUID().toString();

    private final byte[] opening = ("{\"" + mark + "\":[").getBytes(StandardCharsets.UTF_8);

    /**
     * @param json in UTF-8; what is not JSON stays so
     */
    String wrap(byte[] json) {
        var wrapped = new ByteArrayOutputStream(json.length + 512);
        int from = 0;
        boolean inText = false;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (inText) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    inText = false;
                }
            } else if (b == '"') {
                inText = true;
            } else if (b == '[') {
                wrapped.write(json, from, i - from);
                wrapped.write(opening, 0, opening.length);
                from = i + 1;
            } else if (b == ']') {
                wrapped.write(json, from, i + 1 - from);
                wrapped.write('}');
                from = i + 1;
            }
        }
        wrapped.write(json, from, json.length - from);
        return wrapped.toString(StandardCharsets.UTF_8);
    }
}
