package dev.caracal.job.parse;

import dev.caracal.connectors.s3.RecordCutter;
import dev.caracal.connectors.s3.S3Object;
import dev.caracal.connectors.s3.UnreadableObjectException;
import dev.caracal.parsers.stream.LogStream;
import dev.caracal.parsers.stream.LogStreamException;
import dev.caracal.parsers.stream.LogStreams;
import dev.caracal.parsers.stream.RecordRejectedException;
import java.io.IOException;
import java.io.InputStream;

/** Cuts objects by log streams, on behalf of a reader that knows nothing of them. */
public final class LogStreamCutter implements RecordCutter {

    private final LogStream stream;

    private LogStreamCutter(LogStream stream) {
        this.stream = stream;
    }

    /** A {@link RecordCutter.Factory}. */
    public static RecordCutter open(InputStream content, S3Object object, int maxRecordBytes) {
        return new LogStreamCutter(
                LogStreams.open(object.logStream(), content, object.ref().key(), maxRecordBytes));
    }

    @Override
    public boolean next() throws IOException {
        try {
            return stream.next();
        } catch (RecordRejectedException e) {
            throw new RejectedRecordException(
                    e.reason(), String.valueOf(e.getMessage()), e.excerpt());
        } catch (LogStreamException e) {
            throw new UnreadableObjectException(e.reason(), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public byte[] buffer() {
        return stream.buffer();
    }

    @Override
    public int offset() {
        return stream.offset();
    }

    @Override
    public int length() {
        return stream.length();
    }
}
