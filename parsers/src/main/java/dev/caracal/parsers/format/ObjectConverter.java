package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final int requiredCount;

    private long object;

    ObjectConverter(List<Member> members, boolean topLevel, EventBuilder builder) {
        super(builder);
        this.members = List.copyOf(members);
        this.table = new MemberTable(members);
        this.requiredCount = (int) members.stream().filter(Member::isRequired).count();
        Set<String> columns = new HashSet<>();
        members.forEach(member -> columns.add(member.column()));
        this.others = new OtherMembers(columns, topLevel, builder);
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
        members(cursor);
        builder.out().raw('}');
        return true;
    }

    /** Writes the members of the object that the cursor is at, without braces. */
    void members(JsonCursor cursor) throws MismatchException {
        begin();
        cursor.expect('{');
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
                end();
                return;
            }
            cursor.expect(',');
        }
    }

    private void member(JsonCursor cursor) throws MismatchException {
        JsonText name = cursor.text();
        Member member = table.find(name.bytes(), name.offset(), name.offset() + name.length());
        if (member == null || member.isWrittenIn(object)) {
            others.json(cursor);
            return;
        }
        cursor.expect(':');
        if (cursor.peek() == 'n') {
            cursor.readLiteral("null");
            return;
        }
        member.json(cursor, object);
    }

    /** Begins an object whose members are written one by one. */
    void begin() {
        object++;
        others.begin();
    }

    void text(Member member, byte[] bytes, int offset, int length) throws MismatchException {
        if (member.isWrittenIn(object)) {
            others.text(member.field(), bytes, offset, length);
            return;
        }
        member.text(bytes, offset, length, object);
    }

    /** Ends an object: all required members must have been written. */
    void end() throws MismatchException {
        if (requiredCount == 0) {
            return;
        }
        for (Member member : members) {
            if (member.isRequired() && !member.isWrittenIn(object)) {
                throw new MismatchException(member.field() + ": is required and missing");
            }
        }
    }

    OtherMembers others() {
        return others;
    }

    @Nullable Member find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return table.find(bytes, 0, bytes.length);
    }
}
