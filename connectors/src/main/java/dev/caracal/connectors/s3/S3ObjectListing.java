package dev.caracal.connectors.s3;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists the objects of a bucket, with the permission that reads them. */
public final class S3ObjectListing implements AutoCloseable {

    /** Storage classes whose objects have to be restored before they can be read. */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final S3Clients clients;
    private final String bucket;
    private final S3Clients.Role role;

    /**
     * @param roleArn the log processing role to assume; empty lists with the own credentials
     * @param externalId for that role; empty sends none
     */
    public S3ObjectListing(AwsSettings aws, String bucket, String roleArn, String externalId) {
        this.clients = new S3Clients(aws);
        this.bucket = bucket;
        this.role = new S3Clients.Role(roleArn, externalId);
    }

    /**
     * An object as it is listed: its newest version, which the list does not name.
     *
     * @param storedTime when S3 stored it
     * @param archived whether it has to be restored before it can be read
     */
    public record Listed(S3ObjectRef ref, Instant storedTime, boolean archived) {
        public Listed {
            Objects.requireNonNull(ref, "ref is null");
            Objects.requireNonNull(storedTime, "storedTime is null");
        }
    }

    /**
     * The next objects, at most 1,000, in the order of their keys; none if the last has been seen.
     *
     * @param after the last key that has been seen; empty to begin
     * @throws IOException if S3 or STS refuses, or does not answer
     */
    public List<Listed> page(String prefix, String after) throws IOException {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        if (!after.isEmpty()) {
            request.startAfter(after);
        }
        try {
            return clients.client(role).listObjectsV2(request.build()).contents().stream()
                    .map(this::listed)
                    .toList();
        } catch (SdkException e) {
            throw new IOException(
                    "cannot list s3://"
                            + bucket
                            + '/'
                            + prefix
                            + " with "
                            + role
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private Listed listed(S3Object object) {
        String eTag = object.eTag() == null ? "" : object.eTag().replace("\"", "");
        boolean archived = ARCHIVES.contains(String.valueOf(object.storageClassAsString()));
        return new Listed(
                new S3ObjectRef(bucket, object.key(), "", eTag, object.size()),
                object.lastModified(),
                archived);
    }

    @Override
    public void close() {
        clients.close();
    }
}
