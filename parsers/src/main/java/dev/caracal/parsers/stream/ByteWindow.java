package dev.caracal.parsers.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object's content that is in memory: the record under construction, from its mark,
 * and what was read beyond.
 *
 * <p>It grows with the record up to the longest one allowed. Bytes before the mark are forgotten
 * when more are read.
 */
final class ByteWindow {

    private static final int INITIAL = 64 << 10;

    /** How much of a rejected record is shown. */
    static final int EXCERPT = 512;

    private final InputStream content;
    private final int maxRecordBytes;

    private byte[] bytes;
    private int limit;

    /** The next byte to look at. */
    int position;

    /** Where the current record starts. */
    int mark;

    /** Why the content cannot be read further; due when what was read before is used up. */
    private @Nullable IOException failure;

    /** The content ended in the middle of a record, which was said; nothing comes after it. */
    boolean truncated;

    ByteWindow(InputStream content, int maxRecordBytes) {
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes is not positive: " + maxRecordBytes);
        }
        this.content = content;
        this.maxRecordBytes = maxRecordBytes;
        this.bytes = new byte[INITIAL];
    }

    byte[] bytes() {
        return bytes;
    }

    /** The end of what is in memory. */
    int limit() {
        return limit;
    }

    int maxRecordBytes() {
        return maxRecordBytes;
    }

    /**
     * Reads more, keeping what lies after the mark. The mark and the position move along.
     *
     * @return false at the end of the content
     */
    boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (mark > 0) {
            System.arraycopy(bytes, mark, bytes, 0, limit - mark);
            limit -= mark;
            position -= mark;
            mark = 0;
        }
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, grown());
        }
        int count = content.read(bytes, limit, bytes.length - limit);
        if (count < 0) {
            return false;
        }
        limit += count;
        return true;
    }

    /** A record that has outgrown the limit is no longer kept, so a little beyond it is enough. */
    private int grown() {
        long most = Math.min((long) maxRecordBytes + INITIAL, Integer.MAX_VALUE - 8);
        return (int) Math.max(2L * INITIAL, Math.min(bytes.length * 2L, most));
    }

    /**
     * Reads until {@code count} bytes after the mark are in memory or the content ends. That it
     * cannot be read further is left to {@link #fill}: this is a look ahead, and the records before
     * the fault are good.
     */
    void fillTo(int count) {
        boolean more = true;
        while (more && limit - mark < count) {
            try {
                more = fill();
            } catch (IOException e) {
                failure = e;
                return;
            }
        }
    }

    /** Moves past blanks and line ends; false at the end of the content. */
    boolean skipBlanks() throws IOException {
        while (true) {
            while (position < limit) {
                byte b = bytes[position];
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return true;
                }
                position++;
            }
            mark = position;
            if (!fill()) {
                return false;
            }
        }
    }

    /** The beginning of the current record. */
    String excerpt() {
        int length = Math.min(Math.min(EXCERPT, maxRecordBytes), limit - mark);
        return new String(bytes, mark, length, StandardCharsets.UTF_8);
    }

    RecordRejectedException tooLong(String excerpt) {
        return new RecordRejectedException(
                "record-too-long", "A record is longer than " + maxRecordBytes + " bytes", excerpt);
    }
}
