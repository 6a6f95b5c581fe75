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
 * Syslog.RFC5424: {@code <34>1 2003-10-11T22:14:15.003Z mymachine su 12 ID47 [id key="value"]
 * message} (RFC 5424, section 6).
 *
 * <p>Priority and version must be there. From where the header does not follow the RFC on, all is
 * the message. The byte order mark that says that the message is UTF-8 is not part of it.
 */
public final class SyslogRfc5424Parser implements RecordParser {

    private final TextEvent event;
    private final SyslogPriority priority;
    private final StructuredData elements = new StructuredData();
    private final Member version;
    private final Member timestamp;
    private final Member[] names;
    private final Member structuredData;
    private final Member message;

    public SyslogRfc5424Parser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        priority = new SyslogPriority(event);
        version = event.member("version");
        timestamp = event.member("timestamp");
        names =
                new Member[] {
                    event.member("hostname"),
                    event.member("appname"),
                    event.member("procid"),
                    event.member("msgid")
                };
        structuredData = event.member("structured_data");
        message = event.member("message");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        int start = priority.read(buffer, offset, length);
        int end = offset + length;
        int digits = SyslogPriority.versionDigits(buffer, start, end);
        if (digits == 0) {
            throw new MismatchException(
                    "version: expected a number and a time or -, found "
                            + MismatchException.excerpt(buffer, start, end - start));
        }
        event.begin();
        priority.write();
        event.write(version, buffer, start, digits);
        message(buffer, header(buffer, start + digits + 1, end), end);
        event.end(context);
    }

    /** Writes what is in order of the header; where that ends. */
    private int header(byte[] buffer, int start, int end) throws MismatchException {
        int stop = endOfWord(buffer, start, end);
        boolean nil = TextRecords.isAbsent(buffer, start, stop - start);
        if (!nil && !event.tryWrite(timestamp, buffer, start, stop - start)) {
            return start;
        }
        for (Member name : names) {
            if (stop == end) {
                return end;
            }
            int word = stop + 1;
            stop = endOfWord(buffer, word, end);
            if (!TextRecords.isAbsent(buffer, word, stop - word)) {
                event.write(name, buffer, word, stop - word);
            }
        }
        return stop == end ? end : structuredData(buffer, stop + 1, end);
    }

    private int structuredData(byte[] buffer, int start, int end) throws MismatchException {
        if (start < end && buffer[start] == '-' && endOfWord(buffer, start, end) == start + 1) {
            return Math.min(end, start + 2);
        }
        int stop = elements.read(buffer, start, end);
        if (stop < 0) {
            return start;
        }
        byte[] json = elements.json();
        event.write(structuredData, json, 0, json.length);
        return Math.min(end, stop + 1);
    }

    private void message(byte[] buffer, int start, int end) throws MismatchException {
        boolean marked =
                end - start >= 3
                        && buffer[start] == (byte) 0xEF
                        && buffer[start + 1] == (byte) 0xBB
                        && buffer[start + 2] == (byte) 0xBF;
        int first = marked ? start + 3 : start;
        if (first < end) {
            event.write(message, buffer, first, end - first);
        }
    }

    private static int endOfWord(byte[] buffer, int start, int end) {
        int p = start;
        while (p < end && buffer[p] != ' ') {
            p++;
        }
        return p;
    }
}
