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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * AWS.ALB: blank-separated columns, some quoted. The first 25 have been there since 2018; what AWS
 * has added is accepted, and what it may yet add is kept in {@code additionalFields}.
 */
public final class AlbParser implements RecordParser {

    private static final int MIN_COLUMNS = 25;

    private static final int CLIENT = 3;
    private static final int TARGET = 4;
    private static final int REQUEST = 12;
    private static final int ACTIONS = 22;
    private static final int TARGET_PORTS = 25;
    private static final int TARGET_STATUS_CODES = 26;

    /** The field of each column, null where a column is split. */
    private static final @Nullable String[] FIELDS = {
        "type",
        "timestamp",
        "elb",
        null,
        null,
        "requestProcessingTime",
        "targetProcessingTime",
        "responseProcessingTime",
        "elbStatusCode",
        "targetStatusCode",
        "receivedBytes",
        "sentBytes",
        null,
        "userAgent",
        "sslCipher",
        "sslProtocol",
        "targetGroupArn",
        "traceId",
        "domainName",
        "chosenCertArn",
        "matchedRulePriority",
        "requestCreationTime",
        null,
        "redirectUrl",
        "errorReason",
        null,
        null,
        "classification",
        "classificationReason",
        "connTraceId",
        "transformedHost",
        "transformedUri",
        "requestTransformStatus"
    };

    private final TextEvent event;
    private final RowSplitter row = new RowSplitter(' ');
    private final @Nullable Member[] members;
    private final ColumnLists lists;
    private final Member clientIp;
    private final Member clientPort;
    private final Member targetIp;
    private final Member targetPort;
    private final Member method;
    private final Member url;
    private final Member httpVersion;
    private final Member actions;
    private final Member targetPorts;
    private final Member targetStatusCodes;
    private final Member additionalFields;

    public AlbParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        members =
                Arrays.stream(FIELDS)
                        .map(field -> field == null ? null : event.member(field))
                        .toArray(Member[]::new);
        lists = new ColumnLists(event, row);
        clientIp = event.member("clientIp");
        clientPort = event.member("clientPort");
        targetIp = event.member("targetIp");
        targetPort = event.member("targetPort");
        method = event.member("requestHttpMethod");
        url = event.member("requestUrl");
        httpVersion = event.member("requestHttpVersion");
        actions = event.member("actionsExecuted");
        targetPorts = event.member("targetPortList");
        targetStatusCodes = event.member("targetStatusCodeList");
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
        event.begin();
        int known = Math.min(row.count(), FIELDS.length);
        for (int i = 0; i < known; i++) {
            if (!TextRecords.isAbsent(row.bytes(i), row.offset(i), row.length(i))) {
                column(i);
            }
        }
        lists.writeRest(additionalFields, FIELDS.length);
        event.end(context);
    }

    private void column(int column) throws MismatchException {
        switch (column) {
            case CLIENT -> endpoint(column, clientIp, clientPort);
            case TARGET -> endpoint(column, targetIp, targetPort);
            case REQUEST -> request(row.bytes(column), row.offset(column), row.length(column));
            case ACTIONS -> lists.writeSplit(actions, column, ',');
            case TARGET_PORTS -> lists.writeSplit(targetPorts, column, ' ');
            case TARGET_STATUS_CODES -> lists.writeSplit(targetStatusCodes, column, ' ');
            default -> {
                Member member = members[column];
                if (member != null) {
                    event.write(member, row.bytes(column), row.offset(column), row.length(column));
                }
            }
        }
    }

    /** {@code ip:port}; an IPv6 address with a port stands in brackets, without one it is all. */
    private void endpoint(int column, Member ip, Member port) throws MismatchException {
        byte[] bytes = row.bytes(column);
        int start = row.offset(column);
        int end = start + row.length(column);
        int colon = last(bytes, start, end, ':');
        boolean bracketed = bytes[start] == '[' && colon > start && bytes[colon - 1] == ']';
        if (bracketed) {
            event.write(ip, bytes, start + 1, colon - start - 2);
            event.write(port, bytes, colon + 1, end - colon - 1);
            return;
        }
        if (colon < 0 || last(bytes, start, colon, ':') >= 0) {
            event.write(ip, bytes, start, end - start);
            return;
        }
        event.write(ip, bytes, start, colon - start);
        event.write(port, bytes, colon + 1, end - colon - 1);
    }

    /** Method, URL, which may hold blanks, and version. */
    private void request(byte[] bytes, int offset, int length) throws MismatchException {
        int end = offset + length;
        int first = offset;
        while (first < end && bytes[first] != ' ') {
            first++;
        }
        int last = last(bytes, first + 1, end, ' ');
        if (last < 0) {
            throw new MismatchException(
                    "request: expected method, URL and version, found "
                            + MismatchException.excerpt(bytes, offset, length));
        }
        part(method, bytes, offset, first - offset);
        part(url, bytes, first + 1, last - first - 1);
        part(httpVersion, bytes, last + 1, end - last - 1);
    }

    private void part(Member member, byte[] bytes, int offset, int length)
            throws MismatchException {
        if (!TextRecords.isAbsent(bytes, offset, length)) {
            event.write(member, bytes, offset, length);
        }
    }

    private static int last(byte[] bytes, int start, int end, char wanted) {
        for (int i = end - 1; i >= start; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
