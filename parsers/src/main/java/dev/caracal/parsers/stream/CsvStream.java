package dev.caracal.parsers.stream;

import java.io.IOException;

/**
 * Records that are rows of delimited text, where a quoted column may hold line ends (RFC 4180).
 *
 * <p>A column is quoted if it begins with {@code "}; it ends at a {@code "} before a delimiter or a
 * line end, and a pair {@code ""} in it stands for one, as {@link
 * dev.caracal.parsers.format.RowSplitter} reads it. Elsewhere this is like lines. A quote that is
 * still open where the content ends makes the rest a rejected record.
 */
final class CsvStream implements LogStream {

    private final String name;
    private final byte delimiter;
    private final ByteWindow window;

    private boolean inQuotes;
    private boolean columnStart;

    /** All content is in memory: nothing follows its last byte. */
    private boolean ended;

    private int length;

    /**
     * @param name what the log stream is called
     */
    CsvStream(String name, byte delimiter, ByteWindow window) {
        this.name = name;
        this.delimiter = delimiter;
        this.window = window;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            window.mark = window.position;
            if (!readRow()) {
                return false;
            }
            if (length > window.maxRecordBytes()) {
                throw window.tooLong(window.excerpt());
            }
            if (!LineStream.isBlank(window.bytes(), window.mark, length)) {
                return true;
            }
        }
    }

    /** Finds the end of the row that starts at the mark; false at the end of the content. */
    private boolean readRow() throws IOException {
        inQuotes = false;
        columnStart = true;
        String tooLong = "";
        while (!advance()) {
            // One byte more than a record may have, for the CR of a CRLF.
            if (window.position - window.mark > window.maxRecordBytes() + 1) {
                tooLong = tooLong.isEmpty() ? window.excerpt() : tooLong;
            }
            if (!tooLong.isEmpty()) {
                window.mark = window.position;
            }
            if (ended) {
                break;
            }
            ended = !window.fill();
        }
        if (!tooLong.isEmpty()) {
            throw window.tooLong(tooLong);
        }
        if (ended && inQuotes) {
            throw new RecordRejectedException(
                    "unclosed-quote",
                    "The object ends in the middle of a quoted column",
                    window.excerpt());
        }
        return window.position > window.mark;
    }

    /** Moves past the end of the row, or to the end of what can be told from memory: then false. */
    private boolean advance() {
        byte[] bytes = window.bytes();
        int limit = window.limit();
        int p = window.position;
        while (p < limit) {
            byte b = bytes[p];
            if (inQuotes) {
                if (b == '"') {
                    if (p + 1 == limit && !ended) {
                        break;
                    }
                    if (p + 1 < limit && bytes[p + 1] == '"') {
                        p++;
                    } else {
                        inQuotes = p + 1 < limit && !endsColumn(bytes[p + 1]);
                    }
                }
                p++;
                continue;
            }
            if (b == '\n') {
                window.position = p + 1;
                endRow(p);
                return true;
            }
            inQuotes = columnStart && b == '"';
            columnStart = b == delimiter;
            p++;
        }
        window.position = p;
        endRow(p);
        return false;
    }

    private boolean endsColumn(byte b) {
        return b == delimiter || b == '\n' || b == '\r';
    }

    private void endRow(int end) {
        length = LineStream.lengthWithoutReturn(window.bytes(), window.mark, end);
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
