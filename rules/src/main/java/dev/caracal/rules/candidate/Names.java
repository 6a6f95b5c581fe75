package dev.caracal.rules.candidate;

import dev.caracal.parsers.json.JsonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of fields as texts, each made once: most events have the same. */
final class Names {

    private static final int SLOTS = 4096;

    private record Name(byte[] bytes, String text, boolean isAscii) {}

    private final @Nullable Name[] slots = new Name[SLOTS];

    private int others;

    /** How many were got that are not ASCII. */
    int others() {
        return others;
    }

    String get(JsonText text) {
        Name name = find(text);
        if (!name.isAscii) {
            others++;
        }
        return name.text;
    }

    private Name find(JsonText text) {
        byte[] bytes = text.bytes();
        int start = text.offset();
        int end = start + text.length();
        int hash = text.length();
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Name known = slots[slot];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, start, end)) {
            return known;
        }
        String made = text.toString();
        boolean isAscii = PythonValues.isAscii(made);
        Name name = new Name(Arrays.copyOfRange(bytes, start, end), made, isAscii);
        slots[slot] = name;
        return name;
    }
}
