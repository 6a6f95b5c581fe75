package dev.caracal.cli.managed;

import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.lake.CatalogType;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.sns.SnsOptions;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.job.JobOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The job's options as they become properties of an application on Managed Flink. There are no
 * folders there that last, and whoever may describe the application reads its properties.
 */
final class ManagedOptions {

    private static final Pattern SECRET =
            Pattern.compile("secret|password|credential|token|access-?key");

    private static final Set<String> CATALOG =
            Set.of(LakeOptions.CATALOG_URI.key(), LakeOptions.CATALOG_PROPERTIES.key());

    /** What {@code sqs.visibility-timeout} is where the job cannot see the checkpoint interval. */
    private static final Duration USUAL_VISIBILITY = Duration.ofMinutes(3);

    private final Configuration options;
    private final NotificationQueue queue;
    private final BucketPlace control;
    private final BucketPlace output;
    private final @Nullable BucketPlace lake;

    /**
     * @throws IllegalArgumentException if an option is missing or cannot be used there
     */
    ManagedOptions(Configuration options) {
        this.options = new Configuration(options);
        queue =
                NotificationQueue.of(
                        require(SqsSourceOptions.QUEUE_URL),
                        options.getOptional(AwsOptions.REGION).orElse(""));
        control = place(JobOptions.CONTROL_LOCATION);
        output = place(JobOptions.OUTPUT_LOCATION);
        lake = readLake(options);
        this.options.toMap().forEach(ManagedOptions::checkNoSecret);
        if (options.getOptional(AwsOptions.REGION).isEmpty()) {
            this.options.set(AwsOptions.REGION, queue.region());
        }
    }

    private String require(ConfigOption<String> option) {
        return options.getOptional(option)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the option " + option.key() + " is missing"));
    }

    private BucketPlace place(ConfigOption<String> option) {
        return BucketPlace.of(option, require(option));
    }

    private static @Nullable BucketPlace readLake(Configuration options) {
        if (options.getOptional(LakeOptions.WAREHOUSE).isEmpty()) {
            return null;
        }
        String catalog = options.getOptional(LakeOptions.CATALOG_URI).orElse("");
        if (options.get(LakeOptions.CATALOG) == CatalogType.JDBC
                && !catalog.matches("jdbc:(?!sqlite:).+")) {
            throw new IllegalArgumentException(
                    LakeOptions.CATALOG_URI.key()
                            + " is \""
                            + catalog
                            + "\", which several machines cannot use; expected another database,"
                            + " or lake.catalog: GLUE");
        }
        return BucketPlace.of(LakeOptions.WAREHOUSE, options.get(LakeOptions.WAREHOUSE));
    }

    private static void checkNoSecret(String key, String value) {
        boolean secret =
                key.startsWith("aws.credentials.")
                        || CATALOG.contains(key)
                                && SECRET.matcher(value.toLowerCase(Locale.ROOT)).find();
        if (secret) {
            // The value stays unsaid.
            throw new IllegalArgumentException(
                    key
                            + " gives credentials, and everybody reads the application's"
                            + " properties who may describe it; expected none: its role takes"
                            + " their place");
        }
    }

    NotificationQueue queue() {
        return queue;
    }

    BucketPlace control() {
        return control;
    }

    BucketPlace output() {
        return output;
    }

    /** Where the lake's files are, if there is a lake. */
    Optional<BucketPlace> lake() {
        return Optional.ofNullable(lake);
    }

    /** The database of the lake's tables, if AWS Glue keeps their list. */
    Optional<String> glueDatabase() {
        return lake != null && options.get(LakeOptions.CATALOG) == CatalogType.GLUE
                ? Optional.of(options.get(LakeOptions.NAMESPACE))
                : Optional.empty();
    }

    Optional<String> ruleCacheTable() {
        return options.getOptional(JobOptions.RULE_CACHE_TABLE);
    }

    Optional<String> alertTopic() {
        return options.getOptional(SnsOptions.TOPIC_ARN);
    }

    /** Messages stay hidden for at least three of them. */
    Duration longestCheckpointInterval() {
        return options.getOptional(SqsSourceOptions.VISIBILITY_TIMEOUT)
                .orElse(USUAL_VISIBILITY)
                .dividedBy(3);
    }

    /** All of them, by key. */
    Map<String, String> properties() {
        return new TreeMap<>(options.toMap());
    }
}
