package dev.caracal.connectors.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Synchronous clients with the job's own credentials, over one HTTP client and one credentials
 * provider.
 *
 * <p>Whoever makes an {@code AwsClients} closes it, after the clients taken from it are no longer
 * used; the clients themselves need not be closed.
 */
public final class AwsClients implements AutoCloseable {

    private final AwsSettings settings;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;

    public AwsClients(AwsSettings settings) {
        this.settings = settings;
        this.credentials = settings.credentials();
        this.http = settings.httpClient();
    }

    public S3Client s3() {
        return client(S3Client.builder(), AwsService.S3);
    }

    public SqsClient sqs() {
        return client(SqsClient.builder(), AwsService.SQS);
    }

    public SnsClient sns() {
        return client(SnsClient.builder(), AwsService.SNS);
    }

    /**
     * @param timeout of a call with all its attempts; the first may take half of it
     */
    public DynamoDbClient dynamoDb(Duration timeout) {
        var builder =
                settings.configure(
                        DynamoDbClient.builder(),
                        AwsService.DYNAMODB,
                        () -> credentials.resolveCredentials());
        var patience =
                builder.overrideConfiguration().toBuilder()
                        .apiCallTimeout(timeout)
                        .apiCallAttemptTimeout(timeout.dividedBy(2))
                        .build();
        return builder.overrideConfiguration(patience).httpClient(http).build();
    }

    /** A client for topics of a region; empty for the job's own. */
    public SnsClient sns(String region) {
        return client(settings.inRegion(region), SnsClient.builder(), AwsService.SNS);
    }

    /** A client for queues of a region; empty for the job's own. */
    public SqsClient sqs(String region) {
        return client(settings.inRegion(region), SqsClient.builder(), AwsService.SQS);
    }

    /** A client for secrets of a region; empty for the job's own. */
    public SecretsManagerClient secretsManager(String region) {
        return client(
                settings.inRegion(region),
                SecretsManagerClient.builder(),
                AwsService.SECRETS_MANAGER);
    }

    public StsClient sts() {
        return client(StsClient.builder(), AwsService.STS);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, AwsService service) {
        return client(settings, builder, service);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            AwsSettings settings, B builder, AwsService service) {
        // The lambda hides the provider's close, which a client would call on its own.
        return settings.configure(builder, service, () -> credentials.resolveCredentials())
                .httpClient(http)
                .build();
    }

    @Override
    public void close() {
        http.close();
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
