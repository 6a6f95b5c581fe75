package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.List;

/**
 * AWS.AuroraMySQLAudit: comma-separated columns, of which the last but one, the statement or table,
 * may itself hold commas. It is kept as it is, with its quotes.
 */
public final class AuroraMySqlAuditParser implements RecordParser {

    private static final List<String> BEFORE_OBJECT =
            List.of(
                    "timestamp",
                    "serverHost",
                    "username",
                    "host",
                    "connectionId",
                    "queryId",
                    "operation",
                    "database");

    private final TextEvent event;
    private final Member[] beforeObject;
    private final Member object;
    private final Member retCode;

    /** Where each column before the object starts, and the object. */
    private final int[] starts = new int[BEFORE_OBJECT.size() + 1];

    public AuroraMySqlAuditParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        beforeObject = BEFORE_OBJECT.stream().map(event::member).toArray(Member[]::new);
        object = event.member("object");
        retCode = event.member("retCode");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        int end = offset + length;
        split(buffer, offset, end);
        int objectStart = starts[beforeObject.length];
        int lastComma = end - 1;
        while (lastComma >= objectStart && buffer[lastComma] != ',') {
            lastComma--;
        }
        event.begin();
        for (int i = 0; i < beforeObject.length; i++) {
            column(beforeObject[i], buffer, starts[i], starts[i + 1] - 1);
        }
        column(object, buffer, objectStart, Math.max(lastComma, objectStart));
        column(retCode, buffer, lastComma + 1, end);
        event.end(context);
    }

    private void split(byte[] buffer, int offset, int end) throws MismatchException {
        if (offset == end || buffer[offset] < '0' || buffer[offset] > '9') {
            throw new MismatchException(
                    "timestamp: expected microseconds since 1970, found "
                            + MismatchException.excerpt(buffer, offset, end - offset));
        }
        starts[0] = offset;
        int count = 1;
        for (int p = offset; p < end && count < starts.length; p++) {
            if (buffer[p] == ',') {
                starts[count++] = p + 1;
            }
        }
        if (count < starts.length) {
            throw new MismatchException(
                    "expected at least " + starts.length + " columns, found " + count);
        }
    }

    private void column(Member member, byte[] buffer, int start, int end) throws MismatchException {
        boolean absent = end - start == 1 && buffer[start] == '-';
        if (!absent) {
            event.write(member, buffer, start, end - start);
        }
    }
}
