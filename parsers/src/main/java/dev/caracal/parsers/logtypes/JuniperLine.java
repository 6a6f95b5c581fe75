package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of Juniper WebApp Secure, read from left to right. All its logs begin with the time,
 * without a year, and the appliance's hostname: {@code Feb 14 19:02:54 my-jwas }.
 */
final class JuniperLine {

    private byte[] bytes = new byte[0];
    private int start;
    private int timeEnd;
    private int hostname;
    private int position;
    private int end;

    /** Where the part that was read last lies. */
    private int partStart;

    private int partEnd;

    /** Whether a line begins with a time as all WebApp Secure logs do. */
    static boolean beginsWithTime(byte[] bytes, int offset, int length) {
        return SyslogTime.end(bytes, offset, offset + length) > 0;
    }

    /** Begins a line and passes over time and hostname. */
    void begin(byte[] buffer, int offset, int length) throws MismatchException {
        TextRecords.refuseJson(buffer, offset, length);
        bytes = buffer;
        start = offset;
        position = offset;
        end = offset + length;
        timeEnd = SyslogTime.end(buffer, offset, end);
        if (timeEnd < 0 || timeEnd == end || buffer[timeEnd] != ' ') {
            throw expected("a time such as Feb 14 19:02:54");
        }
        hostname = timeEnd + 1;
        position = hostname;
        readUntil(' ', "a hostname");
    }

    void writeTime(Member member, TextEvent event) throws MismatchException {
        event.write(member, bytes, start, timeEnd - start);
    }

    void writeHostname(Member member, TextEvent event) throws MismatchException {
        int stop = hostname;
        while (bytes[stop] != ' ') {
            stop++;
        }
        event.write(member, bytes, hostname, stop - hostname);
    }

    /** Passes over this text. */
    void skip(String text) throws MismatchException {
        if (!trySkip(text)) {
            throw expected(text);
        }
    }

    boolean trySkip(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        int stop = position + wanted.length;
        if (stop > end || !Arrays.equals(wanted, 0, wanted.length, bytes, position, stop)) {
            return false;
        }
        position = stop;
        return true;
    }

    void skipBlanks() {
        while (position < end && bytes[position] == ' ') {
            position++;
        }
    }

    /** Reads up to a delimiter, which is passed over; what is expected names it in the error. */
    void readUntil(char delimiter, String expected) throws MismatchException {
        int p = position;
        while (p < end && bytes[p] != delimiter) {
            p++;
        }
        if (p == end || p == position) {
            throw expected(expected + " and '" + delimiter + "'");
        }
        partStart = position;
        partEnd = p;
        position = p + 1;
    }

    /** Reads digits up to a delimiter. */
    void readNumber(char delimiter, String expected) throws MismatchException {
        int first = position;
        readUntil(delimiter, expected);
        for (int i = partStart; i < partEnd; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                position = first;
                throw expected(expected);
            }
        }
    }

    /** Reads what stands in brackets, which may be empty. */
    void readBracketed(String expected) throws MismatchException {
        if (!tryReadBracketed()) {
            throw expected(expected + " in brackets");
        }
    }

    boolean tryReadBracketed() {
        if (position == end || bytes[position] != '[') {
            return false;
        }
        int p = position + 1;
        while (p < end && bytes[p] != ']') {
            p++;
        }
        if (p == end) {
            return false;
        }
        partStart = position + 1;
        partEnd = p;
        position = p + 1;
        return true;
    }

    /**
     * Reads a quoted value, and passes over what separates it from the next pair: it ends at a
     * quote that nothing, or a blank and the prefix of keys, follows.
     */
    void readQuoted(String keyPrefix) throws MismatchException {
        if (position == end || bytes[position] != '"') {
            throw expected("a quoted value");
        }
        int first = position + 1;
        for (int p = first; p < end; p++) {
            if (bytes[p] != '"') {
                continue;
            }
            position = p + 1;
            skipBlanks();
            if (position == end || (position > p + 1 && trySkip(keyPrefix))) {
                partStart = first;
                partEnd = p;
                return;
            }
        }
        position = first - 1;
        throw expected("a quoted value");
    }

    /** Reads all that is left. */
    void readRest() {
        partStart = position;
        partEnd = end;
        position = end;
    }

    /** Goes back to the position before the part that was read last, brackets included. */
    void unreadBracketed() {
        position = partStart - 1;
    }

    boolean atEnd() {
        return position == end;
    }

    byte[] bytes() {
        return bytes;
    }

    int partStart() {
        return partStart;
    }

    int partLength() {
        return partEnd - partStart;
    }

    boolean partIs(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(wanted, 0, wanted.length, bytes, partStart, partEnd);
    }

    String part() {
        return new String(bytes, partStart, partLength(), StandardCharsets.UTF_8);
    }

    /** Writes the part that was read last, unless it is empty. */
    void writePart(Member member, TextEvent event) throws MismatchException {
        if (partEnd > partStart) {
            event.write(member, bytes, partStart, partEnd - partStart);
        }
    }

    MismatchException expected(String what) {
        return new MismatchException(
                "expected "
                        + what
                        + ", found "
                        + MismatchException.excerpt(bytes, position, end - position));
    }
}
