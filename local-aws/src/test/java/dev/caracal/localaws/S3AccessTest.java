package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CARACAL_KEY;
import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3AccessTest {
    private static TestCloud cloud;
    private static final AtomicReference<Instant> now = new AtomicReference<>();

    @BeforeAll
    static void start() throws IOException {
        now.set(Instant.now());
        cloud = TestCloud.start(TestCloud.CONFIG, now::get);
        S3Client owner = cloud.s3(CUSTOMER_KEY);
        owner.putObject(p -> p.bucket("logs").key("AWSLogs/a"), RequestBody.fromString("a"));
        owner.putObject(p -> p.bucket("logs").key("private/b"), RequestBody.fromString("b"));
        owner.putObject(p -> p.bucket("plain").key("c"), RequestBody.fromString("c"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    static Stream<Arguments> refusals() {
        AwsSessionCredentials reader = cloud.assume(TestCloud.READER);
        AwsSessionCredentials prefixReader = cloud.assume(TestCloud.PREFIX_READER);
        AwsSessionCredentials writer = cloud.assume(TestCloud.WRITER);
        Consumer<S3Client> get = s3 -> s3.getObjectAsBytes(g -> g.bucket("logs").key("AWSLogs/a"));
        Consumer<S3Client> getPrivate =
                s3 -> s3.getObjectAsBytes(g -> g.bucket("logs").key("private/b"));
        Consumer<S3Client> getPlain = s3 -> s3.getObjectAsBytes(g -> g.bucket("plain").key("c"));
        Consumer<S3Client> put =
                s3 -> s3.putObject(p -> p.bucket("logs").key("AWSLogs/z"), RequestBody.empty());
        Consumer<S3Client> copyOut =
                s3 ->
                        s3.copyObject(
                                c ->
                                        c.sourceBucket("plain")
                                                .sourceKey("c")
                                                .destinationBucket("logs")
                                                .destinationKey("stolen"));
        return Stream.of(
                arguments("unknown key", basic("AKIANOBODY", "x"), get, "InvalidAccessKeyId"),
                arguments(
                        "wrong secret",
                        basic("AKIACUSTOMER", "guessed"),
                        get,
                        "SignatureDoesNotMatch"),
                arguments("another account", CARACAL_KEY, get, "AccessDenied"),
                arguments(
                        "session key without its token",
                        basic(reader.accessKeyId(), reader.secretAccessKey()),
                        get,
                        "InvalidToken"),
                arguments(
                        "session key with another token",
                        AwsSessionCredentials.create(
                                reader.accessKeyId(), reader.secretAccessKey(), "forged"),
                        get,
                        "InvalidToken"),
                arguments("role on another bucket", reader, getPlain, "AccessDenied"),
                arguments("reading role that writes", reader, put, "AccessDenied"),
                arguments("role outside its prefix", prefixReader, getPrivate, "AccessDenied"),
                arguments(
                        "role that lists above its prefix",
                        prefixReader,
                        (Consumer<S3Client>) s3 -> s3.listObjectsV2(l -> l.bucket("logs")),
                        "AccessDenied"),
                arguments("copy from where one may not read", writer, copyOut, "AccessDenied"),
                arguments(
                        "role that puts notifications without a grant of them",
                        reader,
                        putNotifications("logs"),
                        "AccessDenied"),
                arguments(
                        "role that puts notifications of another bucket",
                        cloud.assume(TestCloud.NOTIFIER),
                        putNotifications("logs"),
                        "AccessDenied"),
                arguments(
                        "role that lists buckets",
                        reader,
                        (Consumer<S3Client>) S3Client::listBuckets,
                        "AccessDenied"),
                arguments(
                        "role that creates a bucket",
                        writer,
                        (Consumer<S3Client>) s3 -> s3.createBucket(b -> b.bucket("new-bucket")),
                        "AccessDenied"),
                arguments(
                        "name of another account's bucket",
                        CARACAL_KEY,
                        (Consumer<S3Client>) s3 -> s3.createBucket(b -> b.bucket("logs")),
                        "BucketAlreadyExists"),
                arguments(
                        "no such bucket",
                        CUSTOMER_KEY,
                        (Consumer<S3Client>) s3 -> s3.listObjectsV2(l -> l.bucket("no-such")),
                        "NoSuchBucket"));
    }

    private static Consumer<S3Client> putNotifications(String bucket) {
        return s3 ->
                s3.putBucketNotificationConfiguration(
                        put -> put.bucket(bucket).notificationConfiguration(none -> {}));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("refusals")
    void refuses(String name, AwsCredentials who, Consumer<S3Client> what, String code) {
        assertThatThrownBy(() -> what.accept(cloud.s3(who)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> {
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                            assertThat(e.statusCode())
                                    .isEqualTo(
                                            switch (code) {
                                                case "BucketAlreadyExists" -> 409;
                                                case "NoSuchBucket" -> 404;
                                                default -> 403;
                                            });
                        });
    }

    @Test
    void aRoleMayWhatItGrants() {
        S3Client reader = cloud.s3(cloud.assume(TestCloud.PREFIX_READER));
        assertThat(reader.getObjectAsBytes(g -> g.bucket("logs").key("AWSLogs/a")).asUtf8String())
                .isEqualTo("a");
        assertThat(reader.listObjectsV2(l -> l.bucket("logs").prefix("AWSLogs/")).keyCount())
                .isPositive();
        assertThat(reader.headBucket(h -> h.bucket("logs")).bucketRegion()).isEqualTo("eu-west-1");
        S3Client writer = cloud.s3(cloud.assume(TestCloud.WRITER));
        writer.putObject(p -> p.bucket("logs").key("AWSLogs/new"), RequestBody.fromString("n"));
        writer.deleteObject(d -> d.bucket("logs").key("AWSLogs/new"));
    }

    @Test
    void aSessionExpires() {
        S3Client reader = cloud.s3(cloud.assume(TestCloud.READER));
        reader.headObject(h -> h.bucket("logs").key("AWSLogs/a"));
        Instant start = now.get();
        try {
            now.set(start.plus(Duration.ofMinutes(61)));
            assertThatThrownBy(
                            () -> reader.getObjectAsBytes(g -> g.bucket("logs").key("AWSLogs/a")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e ->
                                    assertThat(e.awsErrorDetails().errorCode())
                                            .isEqualTo("ExpiredToken"));
        } finally {
            now.set(start);
        }
    }

    @Test
    void anonymousRequestsAreRefused() throws Exception {
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        cloud.aws().endpoints().s3()
                                                                + "/logs/AWSLogs/a"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void presignedUrlsWork() throws Exception {
        try (S3Presigner presigner =
                S3Presigner.builder()
                        .endpointOverride(cloud.aws().endpoints().s3())
                        .region(TestCloud.REGION)
                        .serviceConfiguration(
                                S3Configuration.builder().pathStyleAccessEnabled(true).build())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(cloud.assume(TestCloud.READER)))
                        .build()) {
            URI url =
                    presigner
                            .presignGetObject(
                                    p ->
                                            p.signatureDuration(Duration.ofMinutes(5))
                                                    .getObjectRequest(
                                                            g -> g.bucket("logs").key("AWSLogs/a")))
                            .url()
                            .toURI();
            HttpResponse<String> response =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(url).build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("a");
            HttpResponse<String> forged =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            url.toString()
                                                                    .replace("AWSLogs", "private")))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(forged.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void theRegionOfABucketCanBeDiscovered() {
        S3Client s3 = cloud.s3(CUSTOMER_KEY);
        assertThat(s3.getBucketLocation(g -> g.bucket("far-away")).locationConstraint())
                .isEqualTo(BucketLocationConstraint.AP_SOUTHEAST_2);
        assertThatThrownBy(() -> s3.getObject(g -> g.bucket("far-away").key("k")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> {
                            assertThat(e.statusCode()).isEqualTo(301);
                            assertThat(e.awsErrorDetails().errorCode())
                                    .isEqualTo("PermanentRedirect");
                            assertThat(
                                            e.awsErrorDetails()
                                                    .sdkHttpResponse()
                                                    .firstMatchingHeader("x-amz-bucket-region"))
                                    .hasValue("ap-southeast-2");
                        });
        assertThatThrownBy(() -> s3.headBucket(h -> h.bucket("far-away")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(301));
        S3Client there = cloud.s3(CUSTOMER_KEY, Region.AP_SOUTHEAST_2);
        there.putObject(p -> p.bucket("far-away").key("k"), RequestBody.fromString("far"));
        assertThat(there.getObjectAsBytes(g -> g.bucket("far-away").key("k")).asUtf8String())
                .isEqualTo("far");
    }

    @Test
    void bucketsBelongToTheAccountAndRegionThatCreateThem() {
        S3Client caracal = cloud.s3(CARACAL_KEY, Region.US_WEST_2);
        caracal.createBucket(
                b ->
                        b.bucket("alerts")
                                .createBucketConfiguration(
                                        c ->
                                                c.locationConstraint(
                                                        BucketLocationConstraint.US_WEST_2)));
        assertThat(caracal.listBuckets().buckets()).extracting(Bucket::name).contains("alerts");
        assertThat(caracal.getBucketLocation(g -> g.bucket("alerts")).locationConstraintAsString())
                .isEqualTo("us-west-2");
        S3Client customer = cloud.s3(CUSTOMER_KEY);
        List<String> theirs = customer.listBuckets().buckets().stream().map(Bucket::name).toList();
        assertThat(theirs).contains("logs", "plain").doesNotContain("alerts");
        caracal.deleteBucket(d -> d.bucket("alerts"));
        assertThat(caracal.listBuckets().buckets()).isEmpty();
    }

    private static AwsCredentials basic(String id, String secret) {
        return AwsBasicCredentials.create(id, secret);
    }
}
