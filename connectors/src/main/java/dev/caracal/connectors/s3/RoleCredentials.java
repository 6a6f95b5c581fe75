package dev.caracal.connectors.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Credentials of an assumed role. They renew themselves in the background before they expire, and
 * on demand when S3 refuses them earlier, as after a role was deleted and made again.
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
                .asyncCredentialUpdateEnabled(true)
                .build();
    }

    @Override
    public synchronized void close() {
        provider.close();
    }
}
