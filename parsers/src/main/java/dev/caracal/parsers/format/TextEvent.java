package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import org.jspecify.annotations.Nullable;

/** An event that a parser of text writes field by field. */
public final class TextEvent {

    private final String logType;
    private final EventBuilder builder;
    private final ObjectConverter event;
    private final OtherMembers others;

    private TextEvent(Schema schema, boolean lenientNumbers, EventBuilder builder) {
        this.logType = schema.name();
        this.builder = builder;
        this.event = new Converters(lenientNumbers, builder).event(schema.fields());
        this.others = event.others();
    }

    /** Text that is no number is left out of number fields: AWS writes marks of all sorts there. */
    public static TextEvent lenient(Schema schema, EventBuilder builder) {
        return new TextEvent(schema, true, builder);
    }

    /** Text that is no number is refused in number fields. */
    static TextEvent strict(Schema schema, EventBuilder builder) {
        return new TextEvent(schema, false, builder);
    }

    /** The field of that name, which the schema must have. */
    public Member member(String name) {
        Member member = find(name);
        if (member == null) {
            throw new IllegalArgumentException("Schema " + logType + " has no field " + name);
        }
        return member;
    }

    /** The field of that name, null if the schema has none. */
    public @Nullable Member find(String name) {
        return event.find(name);
    }

    public void begin() {
        builder.begin();
        event.begin();
    }

    public void write(Member member, byte[] bytes, int offset, int length)
            throws MismatchException {
        event.text(member, bytes, offset, length);
    }

    /** Writes a field if it takes the value; says whether it does. */
    public boolean tryWrite(Member member, byte[] bytes, int offset, int length) {
        int mark = builder.out().length();
        try {
            event.text(member, bytes, offset, length);
            return true;
        } catch (MismatchException e) {
            builder.out().rollback(mark);
            return false;
        }
    }

    /** Writes a field that the schema does not list. */
    public void writeOther(String name, byte[] bytes, int offset, int length) {
        others.text(name, bytes, offset, length);
    }

    /** Begins a list of texts, which {@link #element} and {@link #endList} write. */
    public void beginList(Member member) {
        builder.out().key(member.key());
        builder.out().raw('[');
    }

    public void element(byte[] bytes, int offset, int length) {
        JsonOutput out = builder.out();
        out.separate();
        out.string(bytes, offset, length);
    }

    public void endList() {
        builder.out().raw(']');
    }

    public void end(RecordContext context) throws MismatchException {
        event.end();
        builder.end(logType, context);
    }
}
