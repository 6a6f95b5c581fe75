package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object with the fields of a schema; fields that the schema does not list are copied.
 *
 * <p>It is in use for one object at a time, as schemas do not recurse.
 */
final class ObjectConverter extends ValueConverter {

    private final List<Member> members;
    private final MemberTable table;
    private final OtherMembers others;
    private final @Nullable DerivedMembers derived;
    private final int requiredCount;

    private long object;
    private @Nullable ObjectListener listener;

    /**
     * @param derived the members whose values are made of others, null if there are none
     */
    ObjectConverter(
            List<Member> members,
            MemberTable table,
            OtherMembers others,
            @Nullable DerivedMembers derived,
            EventBuilder builder) {
        super(builder);
        this.members = List.copyOf(members);
        this.table = table;
        this.others = others;
        this.derived = derived;
        this.requiredCount = (int) members.stream().filter(Member::isRequired).count();
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        if (cursor.peek() != '{') {
            readScalar(cursor, "an object");
            throw wrong(
                    "an object",
                    cursor.bytes(),
                    cursor.tokenStart(),
                    cursor.tokenEnd() - cursor.tokenStart());
        }
        builder.out().raw('{');
        begin();
        members(cursor);
        builder.out().raw('}');
        return true;
    }

    /** Writes the members of the object that the cursor is at, without braces, and ends it. */
    void members(JsonCursor cursor) throws MismatchException {
        cursor.expect('{');
        int start = cursor.position() - 1;
        if (cursor.peek() == '}') {
            cursor.expect('}');
            end();
            return;
        }
        while (true) {
            cursor.peek();
            cursor.readString();
            member(cursor);
            if (cursor.peek() == '}') {
                cursor.expect('}');
                if (derived != null) {
                    derived.json(cursor, start, object);
                }
                end();
                return;
            }
            cursor.expect(',');
        }
    }

    private void member(JsonCursor cursor) throws MismatchException {
        Member member = table.find(cursor.bytes(), cursor.tokenStart(), cursor.tokenEnd());
        if (member == null) {
            member = table.findDecoded(cursor.text());
        }
        if (member == null || member.isWrittenIn(object)) {
            other(member, cursor);
            return;
        }
        cursor.expect(':');
        if (cursor.peek() == 'n') {
            cursor.readLiteral("null");
            return;
        }
        member.json(cursor, object);
    }

    /**
     * @param same the member that has the value already, if one has
     */
    private void other(@Nullable Member same, JsonCursor cursor) throws MismatchException {
        if (same != null && same.isMasked()) {
            others.leaveOut(cursor);
            return;
        }
        others.json(cursor);
    }

    /** Begins an object whose members are written one by one. */
    void begin() {
        object++;
        others.begin();
    }

    void json(Member member, JsonCursor cursor) throws MismatchException {
        member.json(cursor, object);
    }

    void text(Member member, byte[] bytes, int offset, int length) throws MismatchException {
        if (member.isWrittenIn(object)) {
            if (!member.isMasked()) {
                others.text(member.field(), bytes, offset, length);
            }
            return;
        }
        member.text(bytes, offset, length, object);
    }

    /** What the derived members of a text record are made of, in the order of their paths. */
    List<FieldPath> sourcePaths() {
        return derived == null ? List.of() : derived.paths();
    }

    /** Writes the derived members of a text record. */
    void derive(SourceValues values) throws MismatchException {
        if (derived != null) {
            derived.write(values, object);
        }
    }

    /** Ends an object: all required members must have been written. */
    void end() throws MismatchException {
        if (requiredCount > 0) {
            checkRequired();
        }
        if (listener != null) {
            listener.objectRead();
        }
    }

    private void checkRequired() throws MismatchException {
        for (Member member : members) {
            if (member.isRequired() && !member.isWrittenIn(object)) {
                throw new MismatchException(member.field() + ": is required and missing");
            }
        }
    }

    /** Calls the listener at the end of each object. */
    void listener(ObjectListener newListener) {
        listener = newListener;
    }

    boolean isWritten(Member member) {
        return member.isWrittenIn(object);
    }

    OtherMembers others() {
        return others;
    }

    @Nullable Member find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        Member member = table.find(bytes, 0, bytes.length);
        return member == null ? table.findInOtherCase(name) : member;
    }
}
