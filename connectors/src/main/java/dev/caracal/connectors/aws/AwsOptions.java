package dev.caracal.connectors.aws;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/**
 * Options of every AWS client of the job.
 *
 * <p>Keys are those of Flink's AWS connectors where they have one; the endpoints per service, path
 * style and the number of attempts are added.
 */
public final class AwsOptions {

    public static final ConfigOption<String> REGION =
            key("aws.region")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Region of the job's own resources; else the SDK's chain.");

    public static final ConfigOption<String> ENDPOINT =
            endpoint("aws.endpoint", "Endpoint of every service that has none of its own.");

    public static final ConfigOption<String> S3_ENDPOINT =
            endpoint("aws.s3.endpoint", "Endpoint of S3.");

    public static final ConfigOption<String> SQS_ENDPOINT =
            endpoint("aws.sqs.endpoint", "Endpoint of SQS.");

    public static final ConfigOption<String> SNS_ENDPOINT =
            endpoint("aws.sns.endpoint", "Endpoint of SNS.");

    public static final ConfigOption<String> DYNAMODB_ENDPOINT =
            endpoint("aws.dynamodb.endpoint", "Endpoint of DynamoDB.");

    public static final ConfigOption<String> STS_ENDPOINT =
            endpoint("aws.sts.endpoint", "Endpoint of STS.");

    public static final ConfigOption<String> SECRETS_MANAGER_ENDPOINT =
            endpoint("aws.secretsmanager.endpoint", "Endpoint of Secrets Manager.");

    public static final ConfigOption<Boolean> S3_PATH_STYLE =
            key("aws.s3.path-style-access")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether the bucket stands in the path, not the host name.");

    public static final ConfigOption<Integer> MAX_CONCURRENCY =
            key("aws.http-client.max-concurrency")
                    .intType()
                    .defaultValue(64)
                    .withDescription("Connections of one HTTP client at most.");

    public static final ConfigOption<Duration> READ_TIMEOUT =
            key("aws.http-client.read-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long a read waits for data; a long poll takes up to 20 s.");

    public static final ConfigOption<Duration> CONNECTION_TIMEOUT =
            key("aws.http-client.connection-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long connecting may take.");

    public static final ConfigOption<Integer> MAX_ATTEMPTS =
            key("aws.retry.max-attempts")
                    .intType()
                    .defaultValue(5)
                    .withDescription("Attempts of one call in the SDK's standard retry mode.");

    /** The job's credentials. */
    public static final CredentialsOptions CREDENTIALS =
            new CredentialsOptions("aws.credentials.provider");

    /** With which the job assumes its role. */
    public static final CredentialsOptions ROLE_CREDENTIALS =
            new CredentialsOptions("aws.credentials.provider.role.provider");

    private static final List<ConfigOption<?>> ALL =
            Stream.of(
                            List.<ConfigOption<?>>of(
                                    REGION,
                                    ENDPOINT,
                                    S3_ENDPOINT,
                                    SQS_ENDPOINT,
                                    SNS_ENDPOINT,
                                    DYNAMODB_ENDPOINT,
                                    STS_ENDPOINT,
                                    SECRETS_MANAGER_ENDPOINT,
                                    S3_PATH_STYLE,
                                    MAX_CONCURRENCY,
                                    READ_TIMEOUT,
                                    CONNECTION_TIMEOUT,
                                    MAX_ATTEMPTS),
                            CREDENTIALS.all(),
                            ROLE_CREDENTIALS.all())
                    .<ConfigOption<?>>flatMap(List::stream)
                    .toList();

    private AwsOptions() {}

    /** Every option that {@link AwsSettings} reads. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    private static ConfigOption<String> endpoint(String key, String description) {
        return key(key).stringType().noDefaultValue().withDescription(description);
    }
}
