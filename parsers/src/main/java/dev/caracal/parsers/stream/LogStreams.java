package dev.caracal.parsers.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log streams by name.
 *
 * <p>{@code auto} finds the right one by content. After a colon, {@code csv} may be told the
 * delimiter, one ASCII character, and {@code json-array} the path of the list, such as {@code
 * json-array:records} or {@code json-array:data.events}.
 */
public final class LogStreams {

    private static final List<String> NAMES =
            List.of(
                    "auto",
                    "lines",
                    "csv",
                    "csv:DELIMITER",
                    "json",
                    "json-array",
                    "json-array:PATH",
                    "cloudtrail",
                    "cloudwatch");

    private static final String CSV = "csv:";
    private static final String JSON_ARRAY = "json-array:";

    private LogStreams() {}

    /** The names there are, for people: what follows a colon is in capitals. */
    public static List<String> names() {
        return NAMES;
    }

    /** Whether {@link #open} knows the name. */
    public static boolean exists(String name) {
        if (name.startsWith(CSV)) {
            return isDelimiter(name.substring(CSV.length()));
        }
        if (name.startsWith(JSON_ARRAY)) {
            return isPath(name.substring(JSON_ARRAY.length()));
        }
        return NAMES.contains(name);
    }

    private static boolean isDelimiter(String text) {
        return text.length() == 1 && text.charAt(0) < 128 && "\"\r\n".indexOf(text.charAt(0)) < 0;
    }

    private static boolean isPath(String text) {
        return Arrays.stream(text.split("\\.", -1))
                .noneMatch(
                        member ->
                                member.isEmpty()
                                        || member.indexOf('"') >= 0
                                        || member.indexOf('\\') >= 0);
    }

    /**
     * Opens a log stream over content that is not compressed. Nothing is read yet.
     *
     * <p>The content must be text in UTF-8; a byte order mark is passed over. {@link
     * LogStream#next} throws a {@link LogStreamException} where it cannot go on, with one of the
     * reasons {@code wrong-charset}, {@code not-json}, {@code truncated-json}, and a {@link
     * RecordRejectedException} for a single record, with one of {@code record-too-long}, {@code
     * truncated-json}, {@code not-json}, {@code no-records}, {@code no-message}, {@code
     * unclosed-quote}.
     *
     * @param key the object's key, for messages
     * @param maxRecordBytes a longer record is rejected
     * @throws IllegalArgumentException if no log stream has the name
     */
    public static LogStream open(String name, InputStream content, String key, int maxRecordBytes) {
        if (!exists(name)) {
            throw new IllegalArgumentException(
                    "Unknown log stream '" + name + "' for " + key + ", expected one of " + NAMES);
        }
        return new Unopened(name, new ByteWindow(content, maxRecordBytes));
    }

    private static LogStream open(String name, ByteWindow window) throws IOException {
        Charset.check(window);
        if (name.startsWith(CSV)) {
            return new CsvStream(name, (byte) name.charAt(CSV.length()), window);
        }
        if (name.startsWith(JSON_ARRAY)) {
            return nested(name, name.substring(JSON_ARRAY.length()), window);
        }
        return switch (name) {
            case "lines" -> new LineStream(window);
            case "csv" -> new CsvStream(name, (byte) ',', window);
            case "json" -> new JsonStream(window);
            case "json-array" -> new JsonArrayStream(window);
            case "cloudtrail" -> nested(name, "Records", window);
            case "cloudwatch" -> new CloudWatchStream(window);
            default -> open(detect(window), window);
        };
    }

    private static LogStream nested(String name, String path, ByteWindow window) {
        return new NestedArrayStream(name, path, null, window);
    }

    private static String detect(ByteWindow window) throws IOException {
        window.fillTo(StreamDetector.LOOKED_AT);
        int limit = Math.min(window.limit(), window.mark + StreamDetector.LOOKED_AT);
        return StreamDetector.detect(window.bytes(), window.mark, limit);
    }

    /** Looks at the content when the first record is asked for. */
    private static final class Unopened implements LogStream {

        private final String name;
        private final ByteWindow window;
        private @Nullable LogStream stream;

        Unopened(String name, ByteWindow window) {
            this.name = name;
            this.window = window;
        }

        @Override
        public String name() {
            return stream == null ? name : stream.name();
        }

        @Override
        public boolean next() throws IOException {
            if (stream == null) {
                stream = open(name, window);
            }
            return !window.truncated && stream.next();
        }

        @Override
        public byte[] buffer() {
            return stream == null ? window.bytes() : stream.buffer();
        }

        @Override
        public int offset() {
            return stream == null ? 0 : stream.offset();
        }

        @Override
        public int length() {
            return stream == null ? 0 : stream.length();
        }
    }
}
