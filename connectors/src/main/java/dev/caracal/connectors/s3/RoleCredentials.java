package dev.caracal.connectors.s3;

import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Credentials of an assumed role. A caller renews them some minutes before they expire, while
 * others go on with those there are, and on demand when S3 refuses them earlier, as after a role
 * was deleted and made again.
 *
 * <p>They are not renewed in the background: the SDK's thread for it never ends, and would keep the
 * class loader of a cancelled job.
 */
final class RoleCredentials implements AutoCloseable {

    private static final String SESSION_NAME = "caracal";

    /** Reads that fail together renew once, and a role that stays refused does not flood STS. */
    private static final Duration MIN_RENEW_INTERVAL = Duration.ofSeconds(5);

    /** An outage of a minute, and less than an object is tried again for. */
    private static final Duration GRACE = Duration.ofSeconds(75);

    private final StsClient sts;
    private final LongSupplier nanoTime;
    private final AssumeRoleRequest request;
    private StsAssumeRoleCredentialsProvider provider;
    private long renewedNanos;
    private boolean worked;
    private boolean refused;
    private long refusedNanos;

    /**
     * @param nanoTime as {@link System#nanoTime} gives it
     */
    RoleCredentials(StsClient sts, S3Clients.Role role, LongSupplier nanoTime) {
        this.sts = sts;
        this.nanoTime = nanoTime;
        this.renewedNanos = nanoTime.getAsLong() - MIN_RENEW_INTERVAL.toNanos();
        AssumeRoleRequest.Builder builder =
                AssumeRoleRequest.builder().roleArn(role.arn()).roleSessionName(SESSION_NAME);
        if (!role.externalId().isEmpty()) {
            builder.externalId(role.externalId());
        }
        this.request = builder.build();
        this.provider = provider();
    }

    AwsCredentials resolveCredentials() {
        try {
            AwsCredentials credentials = current().resolveCredentials();
            given();
            return credentials;
        } catch (StsException e) {
            refused();
            throw e;
        }
    }

    private synchronized void given() {
        worked = true;
        refused = false;
    }

    private synchronized void refused() {
        if (!refused) {
            refused = true;
            refusedNanos = nanoTime.getAsLong();
        }
    }

    /**
     * Whether the role is refused, but worked before, and not long ago: somebody may be changing
     * it. A role that never worked is set up wrongly.
     */
    synchronized boolean mayWorkAgain() {
        return worked && refused && nanoTime.getAsLong() - refusedNanos < GRACE.toNanos();
    }

    private synchronized StsAssumeRoleCredentialsProvider current() {
        return provider;
    }

    synchronized void renew() {
        if (nanoTime.getAsLong() - renewedNanos < MIN_RENEW_INTERVAL.toNanos()) {
            return;
        }
        StsAssumeRoleCredentialsProvider before = provider;
        provider = provider();
        renewedNanos = nanoTime.getAsLong();
        before.close();
    }

    private StsAssumeRoleCredentialsProvider provider() {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request)
                .build();
    }

    @Override
    public synchronized void close() {
        provider.close();
    }
}
