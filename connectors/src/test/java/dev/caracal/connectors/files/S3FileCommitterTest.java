package dev.caracal.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.connectors.files.PendingUpload.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class S3FileCommitterTest {

    private final FakeMultipartStore store = new FakeMultipartStore();
    private final S3FileCommitter committer = new S3FileCommitter(store, 2);

    @AfterEach
    void close() {
        committer.close();
        assertThat(store.closed).hasValue(1);
    }

    @Test
    void aCommitMakesTheFilesVisible() throws Exception {
        Request first = upload("a");
        Request second = upload("b");

        committer.commit(List.of(first, second));

        assertThat(store.keys()).containsExactly("a", "b");
        assertThat(first.outcome).isEqualTo("committed");
    }

    @Test
    void aCommitThatComesAgainChangesNothing() throws Exception {
        Request request = upload("a");
        committer.commit(List.of(request));
        byte[] content = store.content("a");

        Request again = new Request(request.upload);
        committer.commit(List.of(again));

        assertThat(again.outcome).isEqualTo("already committed");
        assertThat(store.content("a")).isSameAs(content);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundWhenItIsTriedAgain() throws Exception {
        store.lostAnswers.add(SdkClientException.create("connection reset"));
        Request request = upload("a");
        committer.commit(List.of(request));
        assertThat(request.outcome).isEqualTo("retry");

        Request again = new Request(request.upload);
        committer.commit(List.of(again));

        assertThat(again.outcome).isEqualTo("already committed");
        assertThat(store.lines()).containsExactly("line of a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SlowDown", "InternalError", "ExpiredToken", "RequestTimeout"})
    void aPassingFailureIsTriedLaterAndHoldsUpNoOther(String code) throws Exception {
        store.completeFailures.add(FakeMultipartStore.error(code, 503));
        Request first = upload("a");
        Request second = upload("b");

        committer.commit(List.of(first, second));

        assertThat(List.of(first.outcome, second.outcome))
                .containsExactlyInAnyOrder("retry", "committed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "NoSuchBucket", "SignatureDoesNotMatch"})
    void aFailureForGoodFailsTheJobAndNamesTheFile(String code) {
        store.completeFailures.add(FakeMultipartStore.error(code, 403));

        assertThatThrownBy(() -> committer.commit(List.of(upload("a"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot commit s3://logs/a")
                .hasMessageContaining(code);
    }

    @Test
    void anUploadThatWasAbortedFailsTheJobSinceItsLinesAreLost() {
        Request request = upload("a");
        store.abort("a", request.upload.uploadId());

        assertThatThrownBy(() -> committer.commit(List.of(request)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot commit s3://logs/a")
                .hasMessageContaining("has been aborted");
    }

    @Test
    void uploadsSurviveACheckpoint() throws Exception {
        PendingUpload upload =
                new PendingUpload(
                        "logs", "a/ä.gz", "id", List.of(new Part(1, "\"x\""), new Part(2, "y")));
        PendingUploadSerializer serializer = new PendingUploadSerializer();

        assertThat(serializer.getVersion()).isEqualTo(1);
        assertThat(serializer.deserialize(1, serializer.serialize(upload))).isEqualTo(upload);
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessage("State version is 2, expected 1");
    }

    private Request upload(String key) {
        String id = store.create(key);
        byte[] content = ("line of " + key + "\n").getBytes(StandardCharsets.UTF_8);
        String eTag = store.uploadPart(key, id, 1, content);
        return new Request(new PendingUpload("logs", key, id, List.of(new Part(1, eTag))));
    }

    private static final class Request implements CommitRequest<PendingUpload> {

        private final PendingUpload upload;
        private String outcome = "committed";

        Request(PendingUpload upload) {
            this.upload = upload;
        }

        @Override
        public PendingUpload getCommittable() {
            return upload;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable failure) {
            outcome = "failed";
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable failure) {
            outcome = "failed";
        }

        @Override
        public void retryLater() {
            outcome = "retry";
        }

        @Override
        public void updateAndRetryLater(PendingUpload changed) {
            outcome = "changed";
        }

        @Override
        public void signalAlreadyCommitted() {
            outcome = "already committed";
        }
    }
}
