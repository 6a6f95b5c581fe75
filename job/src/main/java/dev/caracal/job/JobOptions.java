package dev.caracal.job;

import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.delivery.DeliveryOptions;
import dev.caracal.connectors.files.S3FileOptions;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.s3.S3ObjectReaderOptions;
import dev.caracal.connectors.sns.SnsOptions;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.connectors.webhook.WebhookOptions;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.job.health.HealthOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Options of the job as a whole; those of its connectors stand with the connectors. Alerts go to
 * the destinations of the control location, and to SNS if {@code sns.topic-arn} is set.
 */
public final class JobOptions {

    public static final ConfigOption<String> CONTROL_LOCATION =
            ConfigOptions.key("control.location")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or s3://bucket/prefix that holds sources/, schemas/, rules/,"
                                    + " lookup_tables/ and destinations/; changes there take effect"
                                    + " without a restart.");

    public static final ConfigOption<Duration> CONTROL_INTERVAL =
            ConfigOptions.key("control.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription("How often the control location is looked at.");

    public static final ConfigOption<Boolean> BUILTIN_RULES =
            ConfigOptions.key("rules.builtin")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription("Whether the rules that come with Caracal run too.");

    public static final ConfigOption<Duration> RULE_TIME_LIMIT =
            ConfigOptions.key("rules.time-limit")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "How long one rule may take for one event before it counts as a rule"
                                    + " error.");

    public static final ConfigOption<String> RULE_CACHE_DIRECTORY =
            ConfigOptions.key("rules.cache.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder on each TaskManager's machine in which rules remember things"
                                    + " over restarts; else one under java.io.tmpdir.");

    public static final ConfigOption<String> RULE_CACHE_TABLE =
            ConfigOptions.key("rules.cache.dynamodb-table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "DynamoDB table in which rules remember things, in place of a"
                                    + " folder.");

    public static final ConfigOption<Duration> RULE_CACHE_TIMEOUT =
            ConfigOptions.key("rules.cache.dynamodb-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "How long a call to that table may take, with all its attempts, before"
                                    + " it counts as a rule error.");

    public static final ConfigOption<Integer> LANES =
            ConfigOptions.key("parse.lanes-per-bucket")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Slots over which the objects of one bucket are spread, so that one"
                                    + " busy bucket fills all cores. Changing it makes objects that"
                                    + " are announced again count as new.");

    public static final ConfigOption<Duration> OBJECT_TIME_TO_LIVE =
            ConfigOptions.key("parse.object-ttl")
                    .durationType()
                    .defaultValue(Duration.ofDays(15))
                    .withDescription(
                            "How long an object is remembered as read, or a message whose content"
                                    + " is log records. Longer than the queue keeps messages, which"
                                    + " is 14 days at most.");

    public static final ConfigOption<String> OUTPUT_LOCATION =
            ConfigOptions.key("output.location")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "s3://bucket/prefix under which events, matches, alerts and dead"
                                    + " letters are written as JSON lines.");

    public static final ConfigOption<Boolean> EVENT_FILES =
            ConfigOptions.key("output.event-files")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether events are written as JSON lines. Default: if there is no"
                                    + " lake.");

    private JobOptions() {}

    /** Every option of the job, its connectors' included. */
    static List<ConfigOption<?>> everything() {
        return Stream.of(
                        all(),
                        SqsSourceOptions.all(),
                        S3ObjectReaderOptions.all(),
                        AlertOptions.all(),
                        HealthOptions.all(),
                        S3FileOptions.all(),
                        DeliveryOptions.all(),
                        SnsOptions.all(),
                        WebhookOptions.all(),
                        LakeOptions.all(),
                        AwsOptions.all())
                .<ConfigOption<?>>flatMap(List::stream)
                .toList();
    }

    static List<ConfigOption<?>> all() {
        return List.of(
                CONTROL_LOCATION,
                CONTROL_INTERVAL,
                BUILTIN_RULES,
                RULE_TIME_LIMIT,
                RULE_CACHE_DIRECTORY,
                RULE_CACHE_TABLE,
                RULE_CACHE_TIMEOUT,
                LANES,
                OBJECT_TIME_TO_LIVE,
                OUTPUT_LOCATION,
                EVENT_FILES);
    }
}
