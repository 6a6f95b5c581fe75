package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.RowSplitter;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.List;

/**
 * AWS.S3ServerAccess: blank-separated columns, some quoted, the time in brackets.
 *
 * <p>Until 2019 a record ended with the version id; AWS has added columns since and says that it
 * will go on. Those after the TLS version are kept in {@code additionalFields}, as they are, and
 * the known ones under their own names too.
 */
public final class S3ServerAccessParser implements RecordParser {

    /** The time takes two columns, as it holds a blank. */
    private static final int TIME = 2;

    private static final int MIN_COLUMNS = 19;
    private static final int FIRST_ADDITIONAL = 25;
    private static final int BUCKET_OWNER_LENGTH = 64;

    private static final List<String> BEFORE_TIME = List.of("bucketowner", "bucket");

    private static final List<String> AFTER_TIME =
            List.of(
                    "remoteip",
                    "requester",
                    "requestid",
                    "operation",
                    "key",
                    "requesturi",
                    "httpstatus",
                    "errorcode",
                    "bytessent",
                    "objectsize",
                    "totaltime",
                    "turnaroundtime",
                    "referrer",
                    "useragent",
                    "versionid",
                    "hostid",
                    "signatureversion",
                    "ciphersuite",
                    "authenticationtype",
                    "hostheader",
                    "tlsVersion",
                    "accessPointArn",
                    "aclRequired",
                    "sourceRegion");

    private final TextEvent event;
    private final RowSplitter row = new RowSplitter(' ');
    private final ColumnLists lists;
    private final Member[] beforeTime;
    private final Member time;
    private final Member[] afterTime;
    private final Member additionalFields;

    public S3ServerAccessParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        lists = new ColumnLists(event, row);
        beforeTime = BEFORE_TIME.stream().map(event::member).toArray(Member[]::new);
        time = event.member("time");
        afterTime = AFTER_TIME.stream().map(event::member).toArray(Member[]::new);
        additionalFields = event.member("additionalFields");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        TextRecords.refuseJson(buffer, offset, length);
        row.split(buffer, offset, length);
        if (row.count() < MIN_COLUMNS) {
            throw new MismatchException(
                    "expected at least " + MIN_COLUMNS + " columns, found " + row.count());
        }
        checkBucketOwner();
        event.begin();
        for (int i = 0; i < beforeTime.length; i++) {
            column(beforeTime[i], i);
        }
        time(buffer);
        int columns = Math.min(afterTime.length, row.count() - TIME - 2);
        for (int i = 0; i < columns; i++) {
            column(afterTime[i], TIME + 2 + i);
        }
        lists.writeRest(additionalFields, FIRST_ADDITIONAL);
        event.end(context);
    }

    private void column(Member member, int column) throws MismatchException {
        byte[] bytes = row.bytes(column);
        if (!TextRecords.isAbsent(bytes, row.offset(column), row.length(column))) {
            event.write(member, bytes, row.offset(column), row.length(column));
        }
    }

    /** {@code [06/Feb/2019:21:15:39 +0000]}. */
    private void time(byte[] buffer) throws MismatchException {
        int start = row.offset(TIME);
        int end = row.offset(TIME + 1) + row.length(TIME + 1);
        if (row.bytes(TIME) != buffer
                || row.bytes(TIME + 1) != buffer
                || end - start < 2
                || buffer[start] != '['
                || buffer[end - 1] != ']') {
            throw new MismatchException(
                    "time: expected a time in brackets, found "
                            + MismatchException.excerpt(buffer, start, end - start));
        }
        event.write(time, buffer, start + 1, end - start - 2);
    }

    /** The owner's canonical user id. */
    private void checkBucketOwner() throws MismatchException {
        byte[] bytes = row.bytes(0);
        int offset = row.offset(0);
        int length = row.length(0);
        boolean valid = length == BUCKET_OWNER_LENGTH;
        for (int i = offset; valid && i < offset + length; i++) {
            valid = Character.isLetterOrDigit(bytes[i]);
        }
        if (!valid) {
            throw new MismatchException(
                    "bucketowner: expected 64 letters and digits, found "
                            + MismatchException.excerpt(bytes, offset, length));
        }
    }
}
