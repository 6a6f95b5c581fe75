package dev.caracal.parsers.logtypes;

import static dev.caracal.parsers.logtypes.AccessLine.HOST;
import static dev.caracal.parsers.logtypes.AccessLine.IDENTITY;
import static dev.caracal.parsers.logtypes.AccessLine.REFERER;
import static dev.caracal.parsers.logtypes.AccessLine.REQUEST;
import static dev.caracal.parsers.logtypes.AccessLine.SIZE;
import static dev.caracal.parsers.logtypes.AccessLine.STATUS;
import static dev.caracal.parsers.logtypes.AccessLine.TIME;
import static dev.caracal.parsers.logtypes.AccessLine.USER;
import static dev.caracal.parsers.logtypes.AccessLine.USER_AGENT;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.List;

/**
 * Apache.AccessCommon, Apache.AccessCombined and Fastly.Access, whose format is Apache's common
 * one.
 *
 * <p>In the common format a size of {@code -} counts as 0, as it says that no content was sent.
 */
public final class ApacheAccessParser implements RecordParser {

    private static final byte[] ZERO = {'0'};

    /** The fields of the parts, in the order of {@link AccessLine}; the request is split. */
    private static final List<String> FIELDS =
            List.of(
                    "remote_host_ip_address",
                    "client_identity_rfc_1413",
                    "request_user",
                    "request_time",
                    "request_uri",
                    "response_status",
                    "response_size",
                    "referer",
                    "user_agent");

    private final TextEvent event;
    private final AccessLine line = new AccessLine();
    private final int lastPart;
    private final Member[] members;
    private final Member method;
    private final Member protocol;

    private ApacheAccessParser(Schema schema, EventBuilder builder, int lastPart) {
        this.event = TextEvent.lenient(schema, builder);
        this.lastPart = lastPart;
        this.members =
                FIELDS.stream().limit(lastPart + 1L).map(event::member).toArray(Member[]::new);
        this.method = event.member("request_method");
        this.protocol = event.member("request_protocol");
    }

    static ApacheAccessParser common(Schema schema, EventBuilder builder) {
        return new ApacheAccessParser(schema, builder, SIZE);
    }

    static ApacheAccessParser combined(Schema schema, EventBuilder builder) {
        return new ApacheAccessParser(schema, builder, USER_AGENT);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.split(buffer, offset, length, lastPart);
        event.begin();
        part(HOST);
        part(IDENTITY);
        part(USER);
        part(TIME);
        request(line.offset(REQUEST), line.length(REQUEST));
        part(STATUS);
        size();
        for (int part = REFERER; part <= lastPart; part++) {
            part(part);
        }
        event.end(context);
    }

    private void part(int part) throws MismatchException {
        write(members[part], line.offset(part), line.length(part));
    }

    private void size() throws MismatchException {
        if (lastPart == SIZE && line.isAbsent(SIZE)) {
            event.write(members[SIZE], ZERO, 0, 1);
            return;
        }
        part(SIZE);
    }

    /**
     * Method, URI, which may hold blanks, and protocol. Clients send anything: of two words the
     * second is the URI, as in HTTP/0.9, and one alone is taken for the URI too.
     */
    private void request(int offset, int length) throws MismatchException {
        byte[] bytes = line.bytes();
        int end = offset + length;
        int first = offset;
        while (first < end && bytes[first] != ' ') {
            first++;
        }
        if (first == end) {
            write(members[REQUEST], offset, length);
            return;
        }
        int last = end - 1;
        while (bytes[last] != ' ') {
            last--;
        }
        write(method, offset, first - offset);
        if (last == first) {
            write(members[REQUEST], first + 1, end - first - 1);
            return;
        }
        write(members[REQUEST], first + 1, last - first - 1);
        write(protocol, last + 1, end - last - 1);
    }

    private void write(Member member, int offset, int length) throws MismatchException {
        if (!TextRecords.isAbsent(line.bytes(), offset, length)) {
            event.write(member, line.bytes(), offset, length);
        }
    }
}
