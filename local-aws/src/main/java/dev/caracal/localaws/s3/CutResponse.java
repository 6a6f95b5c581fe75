package dev.caracal.localaws.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** A response whose connection breaks off after some bytes of the body. */
final class CutResponse extends Response.Wrapper {
    private long left;

    CutResponse(Request request, Response response, long bytes) {
        super(request, response);
        left = bytes;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        int length = content == null ? 0 : content.remaining();
        if (length < left || (length == left && last)) {
            left -= length;
            super.write(last, content, callback);
            return;
        }
        ByteBuffer head = content == null ? null : content.slice(content.position(), (int) left);
        left = 0;
        super.write(false, head, Callback.from(() -> cut(callback), failure -> cut(callback)));
    }

    private void cut(Callback callback) {
        getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("cut by a fault that is switched on"));
    }
}
