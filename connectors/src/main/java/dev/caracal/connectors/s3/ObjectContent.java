package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The opened content of one object.
 *
 * @param stream the bytes as stored, from the first
 * @param versionId of the version that was opened; empty if the bucket is not versioned
 * @param eTag of the version that was opened, without quotes
 * @param abort gives up the transfer from any thread, so that a blocked read of {@code stream} ends
 */
public record ObjectContent(InputStream stream, String versionId, String eTag, Runnable abort) {

    public ObjectContent {
        Objects.requireNonNull(stream, "stream is null");
        Objects.requireNonNull(versionId, "versionId is null");
        Objects.requireNonNull(eTag, "eTag is null");
        Objects.requireNonNull(abort, "abort is null");
    }

    /**
     * Gives the transfer back.
     *
     * @param complete whether the stream was read to its end; otherwise the connection is cut,
     *     since to close the stream would first read the rest
     */
    void release(boolean complete) throws IOException {
        if (complete) {
            stream.close();
            return;
        }
        abort.run();
    }
}
