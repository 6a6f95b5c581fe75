package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;

/** Juniper.Postgres: {@code … postgres[12501]: [48-1] 42703 530b7873.30d5 ERROR: message}. */
public final class JuniperPostgresParser implements RecordParser {

    private final TextEvent event;
    private final JuniperLine line = new JuniperLine();
    private final Member timestamp;
    private final Member hostname;
    private final Member pid;
    private final Member groupIdMajor;
    private final Member groupIdMinor;
    private final Member sqlErrorCode;
    private final Member sessionId;
    private final Member messageType;
    private final Member message;

    public JuniperPostgresParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        pid = event.member("pid");
        groupIdMajor = event.member("group_id_major");
        groupIdMinor = event.member("group_id_minor");
        sqlErrorCode = event.member("sql_error_code");
        sessionId = event.member("session_id");
        messageType = event.member("message_type");
        message = event.member("message");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.begin(buffer, offset, length);
        line.skip("postgres[");
        event.begin();
        line.writeTime(timestamp, event);
        line.writeHostname(hostname, event);
        line.readNumber(']', "a process id");
        line.writePart(pid, event);
        line.skip(": [");
        line.readNumber('-', "a group id");
        line.writePart(groupIdMajor, event);
        line.readNumber(']', "a group id");
        line.writePart(groupIdMinor, event);
        line.skip(" ");
        line.readUntil(' ', "an SQL error code");
        line.writePart(sqlErrorCode, event);
        line.readUntil(' ', "a session id");
        line.writePart(sessionId, event);
        line.readUntil(':', "a message type");
        line.writePart(messageType, event);
        line.skipBlanks();
        line.readRest();
        line.writePart(message, event);
        event.end(context);
    }
}
