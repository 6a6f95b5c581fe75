package dev.caracal.connectors.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Cuts at LF; rejects lines with {@code !} first, fails at {@code ?}, gives up at a NUL byte. */
final class LineCutter implements RecordCutter {

    private final InputStream in;
    private final int maxRecordBytes;
    private final byte[] chunk = new byte[8192];
    private int chunkStart;
    private int chunkEnd;
    private byte[] line = {};

    LineCutter(InputStream in, S3Object object, int maxRecordBytes) {
        this.in = in;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public boolean next() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream(128);
        long length = 0;
        while (true) {
            if (chunkStart == chunkEnd && !fill()) {
                if (length == 0) {
                    return false;
                }
                break;
            }
            int end = chunkStart;
            while (end < chunkEnd && chunk[end] != '\n') {
                if (chunk[end] == 0) {
                    throw new UnreadableObjectException("wrong-charset", "NUL byte in the text");
                }
                end++;
            }
            length += end - chunkStart;
            if (length <= maxRecordBytes) {
                record.write(chunk, chunkStart, end - chunkStart);
            }
            boolean complete = end < chunkEnd;
            chunkStart = complete ? end + 1 : end;
            if (complete) {
                break;
            }
        }
        line = record.toByteArray();
        if (length > maxRecordBytes) {
            throw new RejectedRecordException(
                    "record-too-long", length + " bytes, allowed are " + maxRecordBytes, "");
        }
        if (line.length > 0 && line[0] == '?') {
            throw new IllegalStateException("cannot cut this");
        }
        if (line.length > 0 && line[0] == '!') {
            throw new RejectedRecordException(
                    "bad-line", "begins with !", new String(line, StandardCharsets.UTF_8));
        }
        return true;
    }

    private boolean fill() throws IOException {
        chunkStart = 0;
        chunkEnd = Math.max(0, in.read(chunk));
        return chunkEnd > 0;
    }

    @Override
    public byte[] buffer() {
        return line;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return line.length;
    }
}
