package dev.caracal.connectors.files;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.Serializable;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A sink that writes lines into files in one S3 bucket, each line exactly once.
 *
 * <p>A file is one multipart upload, under the key {@code
 * prefix/partition/20261124T050000Z-SUBTASK-UUID.jsonl.gz}. At a checkpoint every open file is
 * uploaded to its end; it becomes visible when the checkpoint completes. What a job that is killed
 * leaves behind is an upload that nobody sees, which a lifecycle rule of the bucket should abort,
 * after more days than a job may be down.
 *
 * <p>The job needs {@code s3:PutObject}, {@code s3:AbortMultipartUpload}, and for the check after a
 * restart {@code s3:GetObject} and {@code s3:ListBucket}, without which S3 does not tell a missing
 * object from a forbidden one.
 */
public final class S3FileSink<T> implements Sink<T>, SupportsCommitter<PendingUpload> {

    private static final long serialVersionUID = 1L;

    private final S3FileSettings settings;
    private final Encoder<T> encoder;
    private final MultipartStore.Connector connector;

    private S3FileSink(
            S3FileSettings settings, Encoder<T> encoder, MultipartStore.Connector connector) {
        this.settings = settings;
        this.encoder = encoder;
        this.connector = connector;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new S3FileWriter<>(
                settings,
                encoder,
                new PartUploader(connector.connect(), settings.uploadParallelism()),
                context.getTaskInfo().getIndexOfThisSubtask(),
                Clock.systemUTC(),
                context.metricGroup());
    }

    @Override
    public Committer<PendingUpload> createCommitter(CommitterInitContext context) {
        return new S3FileCommitter(connector.connect(), settings.uploadParallelism());
    }

    @Override
    public SimpleVersionedSerializer<PendingUpload> getCommittableSerializer() {
        return new PendingUploadSerializer();
    }

    /** Says which file an element belongs to, and what its line is. */
    public interface Encoder<T> extends Serializable {

        /**
         * The folder below the prefix, such as {@code
         * events/aws_cloudtrail/year=2026/month=11/day=24/hour=05}; empty for none.
         */
        String partition(T element);

        /** One line of JSON in UTF-8, without the line feed; not changed afterwards. */
        byte[] line(T element);
    }

    /** Builds an {@link S3FileSink}. */
    public static final class Builder<T> {

        private final Configuration config = new Configuration();
        private String bucket = "";
        private String prefix = "";
        private @Nullable Encoder<T> encoder;
        private MultipartStore.@Nullable Connector connector;

        private Builder() {}

        /** Takes the options of {@link S3FileOptions} and those of the AWS clients. */
        public Builder<T> config(ReadableConfig options) {
            options.toMap().forEach(config::setString);
            return this;
        }

        public Builder<T> bucket(String bucket) {
            this.bucket = bucket;
            return this;
        }

        /** Without a slash at its ends; none by default. */
        public Builder<T> prefix(String prefix) {
            this.prefix = prefix;
            return this;
        }

        public Builder<T> encoder(Encoder<T> encoder) {
            this.encoder = encoder;
            return this;
        }

        Builder<T> connector(MultipartStore.Connector connector) {
            this.connector = connector;
            return this;
        }

        /**
         * Checks the options.
         *
         * @throws IllegalArgumentException if one is missing or out of range
         */
        public S3FileSink<T> build() {
            S3FileSettings settings = S3FileSettings.from(bucket, prefix, config);
            AwsSettings aws = AwsSettings.from(config);
            return new S3FileSink<>(
                    settings,
                    Objects.requireNonNull(encoder, "encoder is null"),
                    Objects.requireNonNullElseGet(
                            connector, () -> () -> new S3MultipartStore(settings.bucket(), aws)));
        }
    }
}
