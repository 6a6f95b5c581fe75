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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts objects by log streams, on behalf of a reader that knows nothing of them. */
public final class LogStreamCutter implements RecordCutter {

    private static final Logger LOG = LoggerFactory.getLogger(LogStreamCutter.class);

    private final LogStream stream;
    private final S3Object object;
    private boolean named;

    private LogStreamCutter(LogStream stream, S3Object object) {
        this.stream = stream;
        this.object = object;
    }

    /** A {@link RecordCutter.Factory}. */
    public static RecordCutter open(InputStream content, S3Object object, int maxRecordBytes) {
        return new LogStreamCutter(
                LogStreams.open(object.logStream(), content, object.ref().key(), maxRecordBytes),
                object);
    }

    @Override
    public boolean next() throws IOException {
        try {
            boolean next = stream.next();
            sayWhich();
            return next;
        } catch (RecordRejectedException e) {
            throw new RejectedRecordException(e.reason(), told(e), e.excerpt());
        } catch (LogStreamException e) {
            throw new UnreadableObjectException(e.reason(), told(e), e);
        }
    }

    /** Whoever reads that an object cannot be cut wants to know what tried. */
    private String told(IOException e) {
        return e.getMessage() + " (log stream " + stream.name() + ')';
    }

    private void sayWhich() {
        if (!named) {
            named = true;
            LOG.debug("{} is cut by log stream {}", object.ref(), stream.name());
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
