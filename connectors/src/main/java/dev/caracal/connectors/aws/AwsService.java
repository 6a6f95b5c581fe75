package dev.caracal.connectors.aws;

<<<<<<< HEAD
/** A service that the connectors call. */
public enum AwsService {
    S3,
    SQS,
    SNS,
    STS
=======
import org.apache.flink.configuration.ConfigOption;

/** A service that the connectors call. */
public enum AwsService {
    S3(AwsOptions.S3_ENDPOINT),
    SQS(AwsOptions.SQS_ENDPOINT),
    SNS(AwsOptions.SNS_ENDPOINT),
    STS(AwsOptions.STS_ENDPOINT);

    private final ConfigOption<String> endpointOption;

    AwsService(ConfigOption<String> endpointOption) {
        this.endpointOption = endpointOption;
    }

    ConfigOption<String> endpointOption() {
        return endpointOption;
    }
>>>>>>> reader
}
