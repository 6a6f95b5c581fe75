package dev.caracal.connectors.aws;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How the AWS clients of a job are built; travels to the tasks.
 *
 * @param region empty if the SDK's chain (environment, profile, instance) decides
 * @param options the options of {@link AwsOptions} that are set, by key; some are secrets, which
 *     {@link #toString} leaves out
 */
public record AwsSettings(String region, Map<String, String> options) implements Serializable {

    public AwsSettings {
        Objects.requireNonNull(region, "region is null");
        options = Map.copyOf(options);
    }

    /**
     * The settings that a configuration asks for.
     *
     * @throws IllegalArgumentException if a value is not of its option's type, or an option that
     *     the chosen credentials need is missing
     */
    public static AwsSettings from(ReadableConfig config) {
        Map<String, String> set = config.toMap();
        Map<String, String> options =
                AwsOptions.all().stream()
                        .map(ConfigOption::key)
                        .filter(set::containsKey)
                        .collect(Collectors.toMap(key -> key, set::get));
        AwsSettings settings =
                new AwsSettings(config.getOptional(AwsOptions.REGION).orElse(""), options);
        AwsOptions.all().forEach(settings::check);
        CredentialsProviders.check(settings, AwsOptions.CREDENTIALS);
        Stream.of(AwsService.values()).forEach(settings::endpoint);
        return settings;
    }

    /**
     * New credentials, as the options say. The caller closes them if they are closeable; a client
     * built with them does so itself.
     */
    public AwsCredentialsProvider credentials() {
        return CredentialsProviders.create(this, AwsOptions.CREDENTIALS);
    }

    /** The service's own endpoint, else the one for all; empty for AWS's. */
    public Optional<URI> endpoint(AwsService service) {
        return find(endpointOption(service))
                .or(() -> find(AwsOptions.ENDPOINT))
                .map(AwsSettings::parseEndpoint);
    }

    /** The same settings for resources of another region; an empty one changes nothing. */
    public AwsSettings inRegion(String other) {
        return other.isEmpty() ? this : new AwsSettings(other, options);
    }

    /** Whether S3 clients put the bucket in the path. */
    public boolean pathStyle() {
        return get(AwsOptions.S3_PATH_STYLE);
    }

    /** Region, endpoint, credentials, retries and, for S3, path style. */
    public <B extends AwsClientBuilder<B, ?>> B configure(B builder, AwsService service) {
        return configure(builder, service, credentials());
    }

    /** As {@link #configure(AwsClientBuilder, AwsService)}, with credentials of the caller's. */
    public <B extends AwsClientBuilder<B, ?>> B configure(
            B builder, AwsService service, AwsCredentialsProvider credentials) {
        if (!region.isEmpty()) {
            builder.region(Region.of(region));
        }
        endpoint(service).ifPresent(builder::endpointOverride);
        if (builder instanceof S3ClientBuilder s3) {
            s3.forcePathStyle(pathStyle());
        }
        return builder.credentialsProvider(credentials)
                .overrideConfiguration(
                        override ->
                                override.retryStrategy(
                                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                                .maxAttempts(get(AwsOptions.MAX_ATTEMPTS))
                                                .build()));
    }

    /** A new HTTP client for synchronous SDK clients; the caller closes it. */
    public SdkHttpClient httpClient() {
        return httpClientBuilder().build();
    }

    /** For a client that makes and closes an HTTP client of its own. */
    public SdkHttpClient.Builder<?> httpClientBuilder() {
        return ApacheHttpClient.builder()
                .maxConnections(get(AwsOptions.MAX_CONCURRENCY))
                .socketTimeout(get(AwsOptions.READ_TIMEOUT))
                .connectionTimeout(get(AwsOptions.CONNECTION_TIMEOUT));
    }

    <T> T get(ConfigOption<T> option) {
        return Configuration.fromMap(options).get(option);
    }

    Optional<String> find(ConfigOption<String> option) {
        return Optional.ofNullable(options.get(option.key()));
    }

    String require(ConfigOption<String> option, CredentialsType type) {
        return find(option)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        option.key() + " is missing, " + type + " needs it"));
    }

    private static ConfigOption<String> endpointOption(AwsService service) {
        return switch (service) {
            case S3 -> AwsOptions.S3_ENDPOINT;
            case SQS -> AwsOptions.SQS_ENDPOINT;
            case DYNAMODB -> AwsOptions.DYNAMODB_ENDPOINT;
            case SNS -> AwsOptions.SNS_ENDPOINT;
            case STS -> AwsOptions.STS_ENDPOINT;
            case SECRETS_MANAGER -> AwsOptions.SECRETS_MANAGER_ENDPOINT;
        };
    }

    static URI parseEndpoint(String text) {
        URI endpoint = URI.create(text);
        if (endpoint.getScheme() == null || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "Endpoint is "
                            + text
                            + ", expected one like https://sqs.eu-west-1.example.com");
        }
        return endpoint;
    }

    private void check(ConfigOption<?> option) {
        get(option);
    }

    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(options);
        Stream.of(AwsOptions.CREDENTIALS, AwsOptions.ROLE_CREDENTIALS)
                .flatMap(credentials -> credentials.secrets().stream())
                .forEach(secret -> shown.replace(secret.key(), "***"));
        return "AwsSettings[region=" + region + ", options=" + shown + ']';
    }
}
