package dev.caracal.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server on loopback that answers as S3 and STS are documented to. */
class S3ObjectStoreTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/CaracalLogProcessing";
    private static final String EXTERNAL_ID = "external-id-of-the-test";

    private record Answer(int status, Map<String, String> headers, String body) {

        static Answer error(int status, String code, String message) {
            String body =
                    "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
            return new Answer(status, Map.of(), body);
        }

        static Answer object(String text) {
            return new Answer(200, Map.of("ETag", "\"abc\"", "x-amz-version-id", "v1"), text);
        }
    }

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> accessKeys = new CopyOnWriteArrayList<>();
    private final List<String> regions = new CopyOnWriteArrayList<>();
    private final AtomicInteger rolesAssumed = new AtomicInteger();
    private volatile Answer roleRefused;
    private long nanoTime;
    private HttpServer server;
    private S3ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        store =
                new S3ObjectStore(
                        new S3Clients(
                                new AwsSettings(
                                        "eu-west-1",
                                        Map.of(
                                                "aws.endpoint", endpoint,
                                                "aws.s3.path-style-access", "true",
                                                "aws.retry.max-attempts", "1",
                                                "aws.credentials.provider", "BASIC",
                                                "aws.credentials.provider.basic.accesskeyid",
                                                        "AKIAOWN",
                                                "aws.credentials.provider.basic.secretkey", "own")),
                                () -> nanoTime));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            requests.add(body);
            send(exchange, roleRefused == null ? credentials() : roleRefused);
            return;
        }
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        requests.add(
                exchange.getRequestMethod()
                        + ' '
                        + exchange.getRequestURI()
                        + (match == null ? "" : " If-Match " + match));
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        accessKeys.add(authorization.replaceFirst(".*Credential=([^/]*)/.*", "$1"));
        regions.add(authorization.replaceFirst(".*Credential=.*/([^/]*)/s3/.*", "$1"));
        Answer answer = answers.poll();
        send(exchange, answer == null ? Answer.object("one\n") : answer);
    }

    private Answer credentials() {
        int number = rolesAssumed.incrementAndGet();
        return new Answer(
                200,
                Map.of(),
                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<AssumeRoleResult><Credentials><AccessKeyId>ASIA"
                        + number
                        + "</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                        + "<SessionToken>t</SessionToken><Expiration>"
                        + Instant.now().plusSeconds(3600)
                        + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>");
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        answer.headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static S3Object object(String roleArn, String versionId, String eTag) {
        return new S3Object(
                new S3ObjectRef("logs", "a/b c.gz", versionId, eTag, -1),
                roleArn,
                EXTERNAL_ID,
                "lines",
                "source-1",
                "lane-1",
                "",
                0);
    }

    @Test
    void theRoleIsAssumedOnceWithItsExternalId() throws Exception {
        for (int i = 0; i < 3; i++) {
            ObjectContent content = store.open(object(ROLE, "", ""), false);
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("one\n");
            assertThat(content.eTag()).isEqualTo("abc");
            assertThat(content.versionId()).isEqualTo("v1");
            content.release(true);
        }

        assertThat(rolesAssumed).hasValue(1);
        assertThat(requests.get(0)).contains("ExternalId=" + EXTERNAL_ID);
        assertThat(requests.get(1)).isEqualTo("GET /logs/a/b%20c.gz");
        assertThat(accessKeys).containsOnly("ASIA1");
    }

    @Test
    void withoutARoleTheJobsOwnCredentialsRead() throws Exception {
        store.open(object("", "", ""), false).release(false);

        assertThat(rolesAssumed).hasValue(0);
        assertThat(accessKeys).containsExactly("AKIAOWN");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', false, GET /logs/a/b%20c.gz",
        "'', abc, false, GET /logs/a/b%20c.gz",
        "'', abc, true, GET /logs/a/b%20c.gz If-Match \"abc\"",
        "v1, abc, false, GET /logs/a/b%20c.gz?versionId=v1",
        "v1, abc, true, GET /logs/a/b%20c.gz?versionId=v1"
    })
    void theContentIsPinnedByVersionOrETag(
            String versionId, String eTag, boolean resume, String request) throws Exception {
        store.open(object("", versionId, eTag), resume).release(false);

        assertThat(requests).containsExactly(request);
    }

    @Test
    void aRoleThatMayNotReadVersionsReadsTheNewestIfItIsTheSame() throws Exception {
        answers.add(Answer.error(403, "AccessDenied", "no s3:GetObjectVersion"));

        store.open(object("", "v1", "abc"), false).release(false);

        assertThat(requests)
                .containsExactly(
                        "GET /logs/a/b%20c.gz?versionId=v1",
                        "GET /logs/a/b%20c.gz If-Match \"abc\"");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, no, access-denied",
        "403, AccessDenied, not authorized to perform: kms:Decrypt on x, kms-access-denied",
        "400, KMS.DisabledException, key is disabled, kms-access-denied",
        "404, NoSuchKey, gone, not-found",
        "404, NoSuchVersion, gone, not-found",
        "405, MethodNotAllowed, delete marker, not-found",
        "404, NoSuchBucket, gone, bucket-not-found",
        "412, PreconditionFailed, other, changed",
        "403, InvalidObjectState, in Glacier, archived",
        "403, SignatureDoesNotMatch, no, credentials-refused",
        "400, InvalidRequest, no, refused"
    })
    void errorsThatStayBecomeReasons(int status, String code, String message, String reason) {
        for (int i = 0; i < 3; i++) {
            answers.add(Answer.error(status, code, message));
        }

        assertThatThrownBy(() -> store.open(object(ROLE, "", ""), false))
                .isInstanceOf(UnreadableObjectException.class)
                .hasMessageContainingAll("s3://logs/a/b c.gz", ROLE, code, message)
                .hasMessageNotContaining(EXTERNAL_ID)
                .extracting(e -> ((UnreadableObjectException) e).reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "500, InternalError",
        "429, TooManyRequests",
        "400, RequestTimeout",
        "403, RequestTimeTooSkewed"
    })
    void errorsThatPassAreLeftToAnotherAttempt(int status, String code) {
        answers.add(Answer.error(status, code, "later"));

        assertThat(catchThrowable(() -> store.open(object("", "", ""), false)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(UnreadableObjectException.class)
                .hasMessageContaining(code);
    }

    @Test
    void aRoleThatCannotBeAssumedIsSaidSo() {
        roleRefused = stsError("AccessDenied");

        assertThatThrownBy(() -> store.open(object(ROLE, "", ""), false))
                .isInstanceOf(UnreadableObjectException.class)
                .hasMessageNotContaining(EXTERNAL_ID)
                .extracting(e -> ((UnreadableObjectException) e).reason())
                .isEqualTo("role-not-assumable");
    }

    @Test
    void aRoleThatWorkedIsTriedAgainForAWhileWhenItIsRefused() throws Exception {
        store.open(object(ROLE, "", ""), false).release(false);
        roleRefused = stsError("AccessDenied");
        answers.add(Answer.error(400, "ExpiredToken", "no"));
        for (int seconds : new int[] {10, 84}) {
            nanoTime = Duration.ofSeconds(seconds).toNanos();

            assertThat(catchThrowable(() -> store.open(object(ROLE, "", ""), false)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(UnreadableObjectException.class)
                    .hasMessageContaining("AccessDenied");
        }
        nanoTime = Duration.ofSeconds(86).toNanos();

        assertThatThrownBy(() -> store.open(object(ROLE, "", ""), false))
                .isInstanceOf(UnreadableObjectException.class);

        roleRefused = null;
        store.open(object(ROLE, "", ""), false).release(false);
    }

    @Test
    void thatTheJobsOwnCredentialsExpiredPasses() {
        roleRefused = stsError("ExpiredToken");

        assertThat(catchThrowable(() -> store.open(object(ROLE, "", ""), false)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(UnreadableObjectException.class);
    }

    private static Answer stsError(String code) {
        return new Answer(
                403,
                Map.of(),
                "<ErrorResponse><Error><Code>"
                        + code
                        + "</Code><Message>not authorized to perform: sts:AssumeRole</Message>"
                        + "</Error></ErrorResponse>");
    }

    @Test
    void aBucketInAnotherRegionIsFoundByItsRedirectAndRemembered() throws Exception {
        answers.add(new Answer(301, Map.of("x-amz-bucket-region", "us-west-2"), ""));

        store.open(object("", "", ""), false).release(false);
        store.open(object("", "", ""), false).release(false);

        assertThat(regions).containsExactly("eu-west-1", "us-west-2", "us-west-2");
    }

    @Test
    void aRedirectThatDoesNotSayWhereIsAReason() {
        for (int i = 0; i < 3; i++) {
            answers.add(new Answer(301, Map.of(), ""));
        }

        assertThatThrownBy(() -> store.open(object("", "", ""), false))
                .isInstanceOf(UnreadableObjectException.class)
                .extracting(e -> ((UnreadableObjectException) e).reason())
                .isEqualTo("wrong-region");
    }

    @ParameterizedTest
    @CsvSource({"InvalidAccessKeyId, 403", "ExpiredToken, 400"})
    void refusedCredentialsAreRenewedAndTheObjectReadOnceMore(String code, int status)
            throws Exception {
        answers.add(Answer.error(status, code, "no"));

        store.open(object(ROLE, "", ""), false).release(false);

        assertThat(accessKeys).containsExactly("ASIA1", "ASIA2");
    }

    @Test
    void objectsAndRolesAreShownWithoutTheExternalId() {
        S3Object object = object(ROLE, "", "");

        assertThat(object.toString()).doesNotContain(EXTERNAL_ID);
        assertThat(S3Clients.Role.of(object).toString()).isEqualTo(ROLE);
        assertThat(new ObjectProgress(object, false, 0).toString()).doesNotContain(EXTERNAL_ID);
    }

    @Test
    void progressSurvivesItsSerializer() throws Exception {
        ObjectProgressSerializer serializer = new ObjectProgressSerializer();
        ObjectProgress progress = new ObjectProgress(object(ROLE, "v", "e"), true, 1L << 40);

        assertThat(serializer.deserialize(1, serializer.serialize(progress))).isEqualTo(progress);
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("version 2, expected 1");
    }
}
