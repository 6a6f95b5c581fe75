package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;

/**
 * Syslog.RFC3164: {@code <34>Oct 11 22:14:15 mymachine su[12]: message}, the BSD syslog protocol
 * (RFC 3164, section 4).
 *
 * <p>The RFC describes what was in use, and much that is in use differs. So only the priority must
 * be there. Time and hostname are read together; without a time, which may also be one of RFC 3339,
 * all after the priority is the message (section 4.3.3). A tag, which is the program and perhaps a
 * process id in brackets, is one if a colon and a blank follow. Messages of RFC 5424 are refused.
 */
public final class SyslogRfc3164Parser implements RecordParser {

    /** Section 4.1.3 says 32, which programs do not keep to. */
    private static final int MAX_TAG = 64;

    private final TextEvent event;
    private final SyslogPriority priority;
    private final Member timestamp;
    private final Member hostname;
    private final Member appname;
    private final Member procid;
    private final Member message;

    public SyslogRfc3164Parser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        priority = new SyslogPriority(event);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        appname = event.member("appname");
        procid = event.member("procid");
        message = event.member("message");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        int start = priority.read(buffer, offset, length);
        int end = offset + length;
        if (SyslogPriority.versionDigits(buffer, start, end) > 0) {
            throw new MismatchException(
                    "expected a message of RFC 3164, found one of RFC 5424: "
                            + MismatchException.excerpt(buffer, offset, length));
        }
        event.begin();
        priority.write();
        int p = skipBlanks(buffer, start, end);
        int afterTime = time(buffer, p, end);
        if (afterTime > 0) {
            boolean hasHostname = buffer[afterTime] == ' ';
            p = skipBlanks(buffer, afterTime + 1, end);
            p = hasHostname ? hostname(buffer, p, end) : p;
            p = tag(buffer, p, end);
        }
        if (p < end) {
            event.write(message, buffer, p, end - p);
        }
        event.end(context);
    }

    /** Writes the time; where it ends, or 0 if there is none. */
    private int time(byte[] buffer, int start, int end) {
        int stop = SyslogTime.end(buffer, start, end);
        if (stop < 0) {
            stop = indexOfBlank(buffer, start, end);
        }
        boolean delimited = stop > start && stop < end && isTimeEnd(buffer[stop]);
        return delimited && event.tryWrite(timestamp, buffer, start, stop - start) ? stop : 0;
    }

    /** A colon is what Cisco's devices write, with no hostname after it. */
    private static boolean isTimeEnd(byte b) {
        return b == ' ' || b == ':';
    }

    /** Writes the hostname; where the tag begins. A word with a colon at its end is a tag. */
    private int hostname(byte[] buffer, int start, int end) throws MismatchException {
        int stop = indexOfBlank(buffer, start, end);
        boolean isTag = stop - start > 1 && buffer[stop - 1] == ':' && buffer[stop - 2] != ':';
        if (stop == start || isTag) {
            return start;
        }
        if (!TextRecords.isAbsent(buffer, start, stop - start)) {
            event.write(hostname, buffer, start, stop - start);
        }
        return Math.min(end, stop + 1);
    }

    /** Writes the program and its process id; where the message begins. */
    private int tag(byte[] buffer, int start, int end) throws MismatchException {
        int stop = start;
        while (stop < end && stop - start < MAX_TAG && isTagCharacter(buffer[stop])) {
            stop++;
        }
        int p = stop;
        int idStart = p + 1;
        if (p < end && buffer[p] == '[') {
            while (p < end && buffer[p] != ']' && buffer[p] != ' ') {
                p++;
            }
            if (p == end || buffer[p] != ']') {
                return start;
            }
            p++;
        }
        boolean ends = p < end && buffer[p] == ':' && (p + 1 == end || buffer[p + 1] == ' ');
        if (stop == start || !ends) {
            return start;
        }
        event.write(appname, buffer, start, stop - start);
        if (p - 1 > idStart) {
            event.write(procid, buffer, idStart, p - 1 - idStart);
        }
        return Math.min(end, p + 2);
    }

    private static boolean isTagCharacter(byte b) {
        return b != ' ' && b != ':' && b != '[' && b != ']';
    }

    private static int skipBlanks(byte[] buffer, int start, int end) {
        int p = start;
        while (p < end && buffer[p] == ' ') {
            p++;
        }
        return p;
    }

    private static int indexOfBlank(byte[] buffer, int start, int end) {
        int p = start;
        while (p < end && buffer[p] != ' ') {
            p++;
        }
        return p;
    }
}
