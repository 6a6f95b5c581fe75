package dev.caracal.cli.source.check;

import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.IoUtils;

/** The AWS clients of a check, with one's own credentials or those of the role. */
final class CheckClients implements AutoCloseable {

    private final AwsSettings settings;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider own;

    CheckClients(AwsSettings settings) {
        this.settings = settings;
        this.http = settings.httpClient();
        this.own = settings.credentials();
    }

    AwsCredentialsProvider own() {
        return own::resolveCredentials;
    }

    /** Whether SQS is a server of one's own, which may know less than AWS. */
    boolean hasOwnSqs() {
        return settings.endpoint(AwsService.SQS).isPresent();
    }

    StsClient sts() {
        return settings.configure(StsClient.builder(), AwsService.STS, own())
                .httpClient(http)
                .build();
    }

    S3Client s3(AwsCredentialsProvider credentials) {
        return settings.configure(S3Client.builder(), AwsService.S3, credentials)
                .httpClient(http)
                .crossRegionAccessEnabled(true)
                .build();
    }

    SqsClient sqs() {
        return settings.configure(SqsClient.builder(), AwsService.SQS, own())
                .httpClient(http)
                .build();
    }

    SnsClient sns(String region) {
        return sns(region, own());
    }

    SnsClient sns(String region, AwsCredentialsProvider credentials) {
        return settings.configure(SnsClient.builder(), AwsService.SNS, credentials)
                .region(Region.of(region))
                .httpClient(http)
                .build();
    }

    /** Empty where the other services are servers of one's own and there is none of KMS. */
    Optional<KmsClient> kms(String region, AwsCredentialsProvider credentials) {
        Optional<String> endpoint =
                Optional.ofNullable(settings.options().get(AwsOptions.ENDPOINT.key()));
        if (endpoint.isEmpty() && settings.endpoint(AwsService.STS).isPresent()) {
            return Optional.empty();
        }
        KmsClientBuilder builder =
                KmsClient.builder()
                        .region(Region.of(region))
                        .credentialsProvider(credentials)
                        .httpClient(http);
        endpoint.ifPresent(uri -> builder.endpointOverride(URI.create(uri)));
        return Optional.of(builder.build());
    }

    @Override
    public void close() {
        http.close();
        if (own instanceof AutoCloseable closeable) {
            IoUtils.closeQuietly(closeable, null);
        }
    }
}
