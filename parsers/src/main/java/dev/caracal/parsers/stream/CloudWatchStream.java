package dev.caracal.parsers.stream;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records that are the messages of CloudWatch Logs, as a subscription delivers them: JSON documents
 * one after another, each with a list {@code logEvents} of objects {@code {id, timestamp, message}}
 * (<a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">AWS</a>).
 *
 * <p>A message is one record, whatever it holds; line ends after it are left out, and one of blanks
 * alone is none. A document of type {@code CONTROL_MESSAGE}, by which AWS tries the way, has no
 * records.
 */
final class CloudWatchStream implements LogStream {

    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    private static final NestedArrayStream.Marker CONTROL =
            new NestedArrayStream.Marker("messageType", "CONTROL_MESSAGE");

    private final NestedArrayStream logEvents;
    private final JsonCursor cursor = new JsonCursor();

    private byte[] buffer = new byte[0];
    private int offset;
    private int length;

    CloudWatchStream(ByteWindow window) {
        this.logEvents = new NestedArrayStream("cloudwatch", "logEvents", CONTROL, window);
    }

    @Override
    public String name() {
        return logEvents.name();
    }

    @Override
    public boolean next() throws IOException {
        while (logEvents.next()) {
            readMessage();
            if (length > 0) {
                return true;
            }
        }
        return false;
    }

    private void readMessage() throws RecordRejectedException {
        try {
            cursor.reset(logEvents.buffer(), logEvents.offset(), logEvents.length());
            if (!findMessage()) {
                throw rejected("no-message", "Expected a log event with a text message");
            }
        } catch (MismatchException e) {
            throw rejected("not-json", "Expected a log event, " + e.getMessage());
        }
        JsonText message = cursor.text();
        buffer = message.bytes();
        offset = message.offset();
        length = lengthWithoutEnd(buffer, offset, message.length());
    }

    /** Moves past the message, if the log event has one. */
    private boolean findMessage() throws MismatchException {
        if (cursor.peek() != '{') {
            return false;
        }
        do {
            cursor.moveTo(cursor.position() + 1);
            if (cursor.peek() == '}') {
                return false;
            }
            cursor.readString();
            boolean isMessage =
                    Arrays.equals(
                            MESSAGE,
                            0,
                            MESSAGE.length,
                            cursor.bytes(),
                            cursor.tokenStart(),
                            cursor.tokenEnd());
            cursor.expect(':');
            if (isMessage && cursor.peek() == '"') {
                cursor.readString();
                return true;
            }
            skipValue();
        } while (cursor.peek() == ',');
        return false;
    }

    private void skipValue() throws MismatchException {
        int depth = 0;
        do {
            switch (cursor.peek()) {
                case '{', '[' -> {
                    depth++;
                    cursor.moveTo(cursor.position() + 1);
                }
                case '}', ']' -> {
                    depth--;
                    cursor.moveTo(cursor.position() + 1);
                }
                case ',', ':' -> cursor.moveTo(cursor.position() + 1);
                case '"' -> cursor.readString();
                case 't' -> cursor.readLiteral("true");
                case 'f' -> cursor.readLiteral("false");
                case 'n' -> cursor.readLiteral("null");
                default -> cursor.readNumber();
            }
        } while (depth > 0);
    }

    /** Without line ends, and 0 for blanks alone. */
    private static int lengthWithoutEnd(byte[] bytes, int offset, int length) {
        int end = offset + length;
        while (end > offset && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        for (int p = offset; p < end; p++) {
            if (!JsonCursor.isBlank(bytes[p])) {
                return end - offset;
            }
        }
        return 0;
    }

    private RecordRejectedException rejected(String reason, String message) {
        int shown = Math.min(ByteWindow.EXCERPT, logEvents.length());
        return new RecordRejectedException(
                reason,
                message,
                new String(logEvents.buffer(), logEvents.offset(), shown, StandardCharsets.UTF_8));
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }
}
