package dev.caracal.parsers.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log streams by name. */
public final class LogStreams {

    private static final List<String> NAMES =
            List.of("auto", "lines", "json", "json-array", "cloudtrail");

    private LogStreams() {}

    /** {@code auto}, which finds the right one by content, and the streams themselves. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Opens a log stream over content that is not compressed. Nothing is read yet.
     *
     * <p>The content must be text in UTF-8; a byte order mark is passed over. {@link
     * LogStream#next} throws a {@link LogStreamException} where it cannot go on, with one of the
     * reasons {@code wrong-charset}, {@code not-json}, {@code truncated-json}, and a {@link
     * RecordRejectedException} for a single record, with one of {@code record-too-long}, {@code
     * truncated-json}, {@code not-json}, {@code no-records}.
     *
     * @param key the object's key, for messages
     * @param maxRecordBytes a longer record is rejected
     * @throws IllegalArgumentException if no log stream has the name
     */
    public static LogStream open(String name, InputStream content, String key, int maxRecordBytes) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "Unknown log stream '" + name + "' for " + key + ", expected one of " + NAMES);
        }
        return new Unopened(name, new ByteWindow(content, maxRecordBytes));
    }

    /**
     * The name of the log stream that {@code auto} takes for an object.
     *
     * @param head its beginning, 64 KiB or all of it
     */
    public static String detect(byte[] head) {
        return StreamDetector.detect(head, 0, Math.min(head.length, StreamDetector.LOOKED_AT));
    }

    private static LogStream open(String name, ByteWindow window) {
        return switch (name) {
            case "lines" -> new LineStream(window);
            case "json" -> new JsonStream(window);
            case "json-array" -> new JsonArrayStream(window);
            case "cloudtrail" -> new CloudTrailStream(window);
            default -> throw new IllegalArgumentException("Unknown log stream '" + name + "'");
        };
    }

    private static String detect(ByteWindow window) throws IOException {
        window.fillTo(StreamDetector.LOOKED_AT);
        int limit = Math.min(window.limit(), window.mark + StreamDetector.LOOKED_AT);
        return StreamDetector.detect(window.bytes(), window.mark, limit);
    }

    /** Looks at the content when the first record is asked for. */
    private static final class Unopened implements LogStream {

        private final ByteWindow window;
        private String name;
        private @Nullable LogStream stream;

        Unopened(String name, ByteWindow window) {
            this.name = name;
            this.window = window;
        }

        @Override
        public boolean next() throws IOException {
            if (stream == null) {
                Charset.check(window);
                name = name.equals("auto") ? detect(window) : name;
                stream = open(name, window);
            }
            return !window.truncated && stream.next();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte[] buffer() {
            return window.bytes();
        }

        @Override
        public int offset() {
            return window.mark;
        }

        @Override
        public int length() {
            return stream == null ? 0 : stream.length();
        }
    }
}
