package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldPath;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The members of an object whose values are made of others, written after all the others. */
final class DerivedMembers {

    /** A member with what it is made of. */
    record Derived(Member member, SourceText text) {}

    private final List<Derived> members;
    private final List<FieldPath> paths;
    private final JsonValues values;

    DerivedMembers(
            List<Derived> members,
            List<FieldPath> paths,
            boolean caseInsensitive,
            EventBuilder builder) {
        this.members = List.copyOf(members);
        this.paths = List.copyOf(paths);
        this.values = new JsonValues(paths, caseInsensitive, builder.cursor());
    }

    List<FieldPath> paths() {
        return paths;
    }

    /** Writes them for the JSON object that starts at {@code start} and ends at the cursor. */
    void json(JsonCursor cursor, int start, long object) throws MismatchException {
        byte[] bytes = cursor.bytes();
        int position = cursor.position();
        int end = cursor.end();
        values.find(start);
        write(values, object);
        cursor.reset(bytes, position, end - position);
    }

    void write(SourceValues source, long object) throws MismatchException {
        for (Derived derived : members) {
            if (derived.text() instanceof SourceText.At at) {
                if (source.has(at.path())) {
                    source.copy(at.path(), derived.member(), object);
                }
                continue;
            }
            byte[] text = text(derived, source);
            if (text.length > 0) {
                derived.member().text(text, 0, text.length, object);
            }
        }
    }

    private static byte[] text(Derived derived, SourceValues source) throws MismatchException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            derived.text().append(source, text);
        } catch (MismatchException e) {
            throw e.in(derived.member().field());
        }
        return text.toByteArray();
    }
}
