package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldPath;
import dev.caracal.parsers.schema.Schema;
import java.util.List;
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
        this.event = new Converters(schema, lenientNumbers, builder).event();
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

    /** Writes a field that the schema does not list. */
    public void writeOther(String name, byte[] bytes, int offset, int length) {
        others.text(name, bytes, offset, length);
    }

    /** What {@link #derive} needs values for. */
    List<FieldPath> sourcePaths() {
        return event.sourcePaths();
    }

    /** Writes the fields whose values are made of others. */
    void derive(SourceValues values) throws MismatchException {
        event.derive(values);
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
