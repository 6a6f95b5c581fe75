package dev.caracal.connectors.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

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

    private final StsClient sts;
    private final AssumeRoleRequest request;
    private StsAssumeRoleCredentialsProvider provider;
    private long renewedNanos = System.nanoTime() - MIN_RENEW_INTERVAL.toNanos();

    RoleCredentials(StsClient sts, S3Clients.Role role) {
        this.sts = sts;
        AssumeRoleRequest.Builder builder =
                AssumeRoleRequest.builder().roleArn(role.arn()).roleSessionName(SESSION_NAME);
        if (!role.externalId().isEmpty()) {
            builder.externalId(role.externalId());
        }
        this.request = builder.build();
        this.provider = provider();
    }

    AwsCredentials resolveCredentials() {
        return current().resolveCredentials();
    }

    private synchronized StsAssumeRoleCredentialsProvider current() {
        return provider;
    }

    synchronized void renew() {
        if (System.nanoTime() - renewedNanos < MIN_RENEW_INTERVAL.toNanos()) {
            return;
        }
        StsAssumeRoleCredentialsProvider refused = provider;
        provider = provider();
        renewedNanos = System.nanoTime();
        refused.close();
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
