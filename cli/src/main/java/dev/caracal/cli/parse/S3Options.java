package dev.caracal.cli.parse;

import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** Where S3 is, for commands that read from it. Credentials are found as the AWS SDK does. */
public final class S3Options {

    @Option(
            names = "--endpoint",
            defaultValue = "",
            paramLabel = "URL",
            description = "Endpoint of S3 for s3:// (default: that of AWS).")
    private String endpoint = "";

    @Option(
            names = "--region",
            defaultValue = "",
            paramLabel = "REGION",
            description = "Region for s3:// (default: as the environment or profile says).")
    private String region = "";

    AwsSettings settings() {
        Map<String, String> options = new HashMap<>();
        if (!region.isEmpty()) {
            options.put(AwsOptions.REGION.key(), region);
        }
        if (!endpoint.isEmpty()) {
            options.put(AwsOptions.S3_ENDPOINT.key(), endpoint);
            options.put(AwsOptions.S3_PATH_STYLE.key(), "true");
        }
        return AwsSettings.from(Configuration.fromMap(options));
    }
}
