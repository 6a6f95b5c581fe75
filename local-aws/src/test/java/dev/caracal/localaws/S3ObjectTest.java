package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3ObjectTest {
    private static TestCloud cloud;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
        s3 = cloud.s3(CUSTOMER_KEY);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void ifMatchPinsTheObject() {
        String first = put("pinned", "one");
        assertThat(
                        s3.getObjectAsBytes(g -> g.bucket("plain").key("pinned").ifMatch(first))
                                .asUtf8String())
                .isEqualTo("one");
        put("pinned", "two");
        assertThatThrownBy(
                        () ->
                                s3.getObjectAsBytes(
                                        g -> g.bucket("plain").key("pinned").ifMatch(first)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    }

    @Test
    void rangesAreServed() {
        put("range", "0123456789");
        assertThat(
                        s3.getObjectAsBytes(g -> g.bucket("plain").key("range").range("bytes=3-5"))
                                .asUtf8String())
                .isEqualTo("345");
    }

    @Test
    void missingKeysAreNoSuchKey() {
        assertThatThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket("plain").key("missing")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void listingsComeInPagesAndMayBeDeletedTogether() {
        for (int i = 0; i < 5; i++) {
            put("list/é " + i, "x");
        }
        List<String> keys =
                s3
                        .listObjectsV2Paginator(l -> l.bucket("plain").prefix("list/").maxKeys(2))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList();
        assertThat(keys)
                .containsExactly("list/é 0", "list/é 1", "list/é 2", "list/é 3", "list/é 4");
        s3.deleteObjects(
                d ->
                        d.bucket("plain")
                                .delete(
                                        o ->
                                                o.objects(
                                                        keys.stream()
                                                                .map(
                                                                        key ->
                                                                                ObjectIdentifier
                                                                                        .builder()
                                                                                        .key(key)
                                                                                        .build())
                                                                .toList())));
        assertThat(s3.listObjectsV2(l -> l.bucket("plain").prefix("list/")).keyCount()).isZero();
    }

    private static String put(String key, String text) {
        return s3.putObject(p -> p.bucket("plain").key(key), RequestBody.fromString(text)).eTag();
    }
}
