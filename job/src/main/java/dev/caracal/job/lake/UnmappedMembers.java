package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.StringData;
import org.jspecify.annotations.Nullable;

/**
 * What a row has no column for, as one JSON object: {@code {"detail.extra":1,"list[2].x":true}}.
 *
 * <p>The path to where the reader stands is kept as it goes down, and written only if needed.
 */
final class UnmappedMembers {

    private static final int MAX_DEPTH = 64;

    private final JsonOutput out = new JsonOutput();
    private final String[] names = new String[MAX_DEPTH];
    private final int[] indexes = new int[MAX_DEPTH];
    private int depth;
    private boolean empty = true;

    void begin() {
        depth = 0;
        empty = true;
    }

    void enter(String name) {
        names[depth++] = name;
    }

    void enterList() {
        names[depth] = "";
        indexes[depth++] = -1;
    }

    void nextElement() {
        indexes[depth - 1]++;
    }

    void leave() {
        depth--;
    }

    /** Adds the JSON value in the slice, under the path so far. */
    void add(byte[] bytes, int start, int end) {
        if (empty) {
            out.clear();
            out.raw('{');
            empty = false;
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (names[i].isEmpty()) {
                path.append('[').append(indexes[i]).append(']');
            } else {
                path.append(i == 0 ? "" : ".").append(names[i]);
            }
        }
        byte[] key = path.toString().getBytes(StandardCharsets.UTF_8);
        out.separate();
        out.string(key, 0, key.length);
        out.raw(':');
        out.raw(bytes, start, end - start);
    }

    /** Null if there is nothing. */
    @Nullable StringData text() {
        if (empty) {
            return null;
        }
        out.raw('}');
        return StringData.fromBytes(out.copy());
    }
}
