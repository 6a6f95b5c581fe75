package dev.caracal.localaws.s3;

import dev.caracal.localaws.faults.Counters;
import dev.caracal.localaws.faults.Fault;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.XmlWriter;
import dev.caracal.localaws.identity.Credential;
import dev.caracal.localaws.identity.SignedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of S3Proxy: counts requests, applies faults, checks who may do what, and answers
 * the calls of {@link BucketCalls}. Everything else goes on to S3Proxy, which checks signature and
 * payload itself.
 */
final class S3Front extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(S3Front.class);

    /** More than a notification configuration ever has. */
    private static final int MAX_BODY = 1 << 20;

    private final S3Access access;
    private final Buckets buckets;
    private final BucketCalls calls;
    private final Faults faults;
    private final Counters counters;

    S3Front(
            Handler s3Proxy,
            S3Access access,
            Buckets buckets,
            BucketCalls calls,
            Faults faults,
            Counters counters) {
        super(s3Proxy);
        this.access = access;
        this.buckets = buckets;
        this.calls = calls;
        this.faults = faults;
        this.counters = counters;
    }

    @Override
    public boolean handle(Request http, Response response, Callback callback) throws Exception {
        S3Request request = S3Request.of(http);
        counters.count("s3", request.operation().name());
        Optional<Fault> latency = strike(Fault.Kind.S3_LATENCY, request);
        if (latency.isEmpty()) {
            return answer(request, response, callback);
        }
        Runnable later = () -> answerLater(request, response, callback);
        http.getComponents()
                .getScheduler()
                .schedule(
                        () -> http.getComponents().getExecutor().execute(later),
                        latency.get().millisecondsOrDefault(),
                        TimeUnit.MILLISECONDS);
        return true;
    }

    private void answerLater(S3Request request, Response response, Callback callback) {
        try {
            if (!answer(request, response, callback)) {
                Response.writeError(request.http(), response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request.http(), response, callback, e);
        }
    }

    private boolean answer(S3Request request, Response response, Callback callback)
            throws Exception {
        try {
            if (strike(Fault.Kind.S3_SLOW_DOWN, request).isPresent()) {
                throw new AwsError(503, "SlowDown", "Please reduce your request rate.");
            }
            Credential caller = access.check(request);
            buckets.find(request.bucket())
                    .ifPresent(b -> response.getHeaders().put("x-amz-bucket-region", b.region()));
            if (BucketCalls.answers(request)) {
                String xml = calls.answer(request, caller.accountId(), body(request)).orElse("");
                send(response, 200, xml, callback);
                return true;
            }
        } catch (AwsError error) {
            refuse(request, response, error, callback);
            return true;
        }
        return super.handle(request.http(), cutWhereAsked(request, response), callback);
    }

    private Response cutWhereAsked(S3Request request, Response response) {
        if (!request.is("GetObject")) {
            return response;
        }
        return strike(Fault.Kind.S3_CONNECTION_CUT, request)
                .<Response>map(
                        fault -> new CutResponse(request.http(), response, fault.bytesOrDefault()))
                .orElse(response);
    }

    private Optional<Fault> strike(Fault.Kind kind, S3Request request) {
        return faults.strike(kind, request.bucket(), request.key(), request.operation().name());
    }

    private static byte[] body(S3Request request) throws IOException {
        String sha256 = request.signed().payloadHash();
        try (InputStream in = Content.Source.asInputStream(request.http())) {
            byte[] body = in.readNBytes(MAX_BODY);
            if (sha256.startsWith("STREAMING-")) {
                return AwsChunked.decode(body);
            }
            if (!sha256.equals("UNSIGNED-PAYLOAD") && !sha256.equals(SignedRequest.sha256(body))) {
                throw new AwsError(
                        400,
                        "XAmzContentSHA256Mismatch",
                        "The provided 'x-amz-content-sha256' header does not match what was computed.");
            }
            return body;
        }
    }

    private static void refuse(
            S3Request request, Response response, AwsError error, Callback callback) {
        LOG.debug("{} refused: {}", request.operation().name(), error.code());
        String code =
                error.code().equals("InvalidClientTokenId") ? "InvalidAccessKeyId" : error.code();
        error.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        String xml =
                request.http().getMethod().equals("HEAD")
                        ? ""
                        : XmlWriter.document(
                                "Error",
                                "",
                                e ->
                                        e.text("Code", code)
                                                .text("Message", error.reason())
                                                .text(
                                                        "Resource",
                                                        request.http().getHttpURI().getPath())
                                                .text("RequestId", UUID.randomUUID().toString()));
        send(response, error.status(), xml, callback);
    }

    private static void send(Response response, int status, String xml, Callback callback) {
        response.setStatus(status);
        if (!xml.isEmpty()) {
            response.getHeaders().put("Content-Type", "application/xml");
        }
        response.write(true, ByteBuffer.wrap(xml.getBytes(StandardCharsets.UTF_8)), callback);
    }
}
