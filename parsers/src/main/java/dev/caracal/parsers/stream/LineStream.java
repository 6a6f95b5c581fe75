package dev.caracal.parsers.stream;

import java.io.IOException;

/**
 * Records that are lines, ended by LF or CRLF; the last one may lack its end. Lines that are empty
 * or hold only blanks are no records and are not counted.
 */
final class LineStream implements LogStream {

    private final ByteWindow window;
    private int length;

    LineStream(ByteWindow window) {
        this.window = window;
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            window.mark = window.position;
            if (!readLine()) {
                return false;
            }
            if (length > window.maxRecordBytes()) {
                throw window.tooLong(window.excerpt());
            }
            if (!isBlank(window.bytes(), window.mark, length)) {
                return true;
            }
        }
    }

    /** Finds the end of the line that starts at the mark; false at the end of the content. */
    private boolean readLine() throws IOException {
        // One byte more than a record may have, for the CR of a CRLF.
        int tooLong = window.maxRecordBytes() + 1;
        while (true) {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            int p = window.position;
            while (p < limit && bytes[p] != '\n') {
                p++;
            }
            window.position = p;
            if (p < limit) {
                window.position = p + 1;
                endLine(p);
                return true;
            }
            if (p - window.mark > tooLong) {
                skipLine();
            }
            if (!window.fill()) {
                endLine(window.position);
                return window.position > window.mark;
            }
        }
    }

    private void endLine(int end) {
        length = lengthWithoutReturn(window.bytes(), window.mark, end);
    }

    /** The length of a line that ends before its LF, without the CR of a CRLF. */
    static int lengthWithoutReturn(byte[] bytes, int start, int end) {
        return end > start && bytes[end - 1] == '\r' ? end - start - 1 : end - start;
    }

    /** Moves past a line that is too long without keeping it. */
    private void skipLine() throws IOException {
        String excerpt = window.excerpt();
        while (true) {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            int p = window.position;
            while (p < limit && bytes[p] != '\n') {
                p++;
            }
            window.position = Math.min(p + 1, limit);
            window.mark = window.position;
            if (p < limit || !window.fill()) {
                throw window.tooLong(excerpt);
            }
        }
    }

    static boolean isBlank(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
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
        return length;
    }
}
