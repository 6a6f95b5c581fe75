package dev.caracal.connectors.s3;

import java.util.Objects;

/**
 * An object to read: which one, with whose permission, how to cut it, and where its records go.
 *
 * @param roleArn the log processing role to assume; empty reads with the job's own credentials
 * @param externalId the external id for that role; empty sends none
 * @param logStream name of the log stream that cuts the object, for example {@code lines}
 * @param sourceId id of the log source
 * @param lane key of the parsing stage; both announcements of one object name the same lane
 * @param route what the job wants to know of the object later; carried through untouched
 * @param createdTimeMillis when S3 stored the object, in milliseconds since the epoch; 0 if unknown
 */
public record S3Object(
        S3ObjectRef ref,
        String roleArn,
        String externalId,
        String logStream,
        String sourceId,
        String lane,
        String route,
        long createdTimeMillis) {

    public S3Object {
        Objects.requireNonNull(ref, "ref is null");
        Objects.requireNonNull(roleArn, "roleArn is null");
        Objects.requireNonNull(externalId, "externalId is null");
        Objects.requireNonNull(logStream, "logStream is null");
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(lane, "lane is null");
        Objects.requireNonNull(route, "route is null");
    }

    /** The same object with the version and ETag of the content that is really read. */
    public S3Object withRef(S3ObjectRef ref) {
        return new S3Object(
                ref, roleArn, externalId, logStream, sourceId, lane, route, createdTimeMillis);
    }

    /** Without the external id, which is a secret between the account's owner and us. */
    @Override
    public String toString() {
        return ref + " (log source " + sourceId + ", log stream " + logStream + ")";
    }
}
