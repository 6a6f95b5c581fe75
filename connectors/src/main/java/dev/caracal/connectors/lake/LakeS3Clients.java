package dev.caracal.connectors.lake;

import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.aws.s3.S3FileIOAwsClientFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The S3 clients of Iceberg's file access, made as the job's others are.
 *
 * <p>Iceberg makes it by name and initialises it with the properties of the catalog, among which
 * are the job's {@code aws.} options.
 */
public final class LakeS3Clients implements S3FileIOAwsClientFactory {

    private static final long serialVersionUID = 1L;

    private AwsSettings settings = AwsSettings.from(new Configuration());

    @Override
    public void initialize(Map<String, String> properties) {
        settings = AwsSettings.from(Configuration.fromMap(properties));
    }

    @Override
    public S3Client s3() {
        return settings.configure(S3Client.builder(), AwsService.S3)
                .httpClientBuilder(settings.httpClientBuilder())
                .build();
    }

    @Override
    public S3AsyncClient s3Async() {
        throw new UnsupportedOperationException("s3.crt.enabled and acceleration are not offered");
    }
}
