package dev.caracal.cli.managed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.CloudFormation;
import java.util.List;

/**
 * The application on Managed Flink: the job with its options, the role that it runs with, its log,
 * and the alarms about it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisanalyticsv2-application.html">AWS::KinesisAnalyticsV2::Application</a>
 */
final class ManagedFlinkStack {

    private static final String RUNTIME = "FLINK-2_2";

    /** The job takes properties from any group. */
    private static final String PROPERTY_GROUP = "caracal";

    private static final long SHORTEST_CHECKPOINT_INTERVAL = 5_000;
    private static final long USUAL_CHECKPOINT_INTERVAL = 60_000;
    private static final int LOG_DAYS = 30;

    private final ManagedOptions options;
    private final ManagedRole role;
    private final ManagedAlarms alarms;
    private final String codeKey;

    /**
     * @param codeKey usual name of the job's jar in its bucket
     */
    ManagedFlinkStack(
            ManagedOptions options, ManagedRole role, ManagedAlarms alarms, String codeKey) {
        this.options = options;
        this.role = role;
        this.alarms = alarms;
        this.codeKey = codeKey;
    }

    CloudFormation cloudFormation() {
        CloudFormation template =
                new CloudFormation("Caracal's job on Amazon Managed Service for Apache Flink");
        addParameters(template);
        template.resource("Role", "AWS::IAM::Role", role.properties());
        addLog(template);
        template.resource("Application", "AWS::KinesisAnalyticsV2::Application", application());
        template.resource(
                "ApplicationLog",
                "AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption",
                applicationLog());
        alarms.addTo(template, options.queue().name());
        return template.output(
                        "ApplicationName",
                        "The application, to be started when it is new",
                        JsonNodeFactory.instance.textNode("${Application}"))
                .output(
                        "RoleArn",
                        "The application's role",
                        JsonNodeFactory.instance.textNode("${Role.Arn}"));
    }

    private void addParameters(CloudFormation template) {
        long longest = options.longestCheckpointInterval().toMillis();
        template.parameter(
                        "CodeBucket",
                        "The bucket that the job's jar was copied to",
                        "[a-z0-9][a-z0-9.-]+",
                        "")
                .parameter("CodeKey", "The jar's key in that bucket", "", codeKey)
                .parameter(
                        "ApplicationName",
                        "The name of the application",
                        "[a-zA-Z0-9_.-]{1,128}",
                        "caracal")
                .number("Parallelism", "How parallel the job runs", 1, 256, 2)
                .number("ParallelismPerKPU", "Tasks of each operator that share a KPU", 1, 8, 1)
                .choice(
                        "AutoScaling",
                        "Whether the service changes the parallelism, which restarts the job",
                        List.of("false", "true"))
                .number(
                        "CheckpointMillis",
                        "How often files become visible and messages are deleted; at most a third"
                                + " of sqs.visibility-timeout",
                        SHORTEST_CHECKPOINT_INTERVAL,
                        longest,
                        Math.min(longest, USUAL_CHECKPOINT_INTERVAL))
                .choice("LogLevel", "What is logged", List.of("INFO", "WARN", "ERROR", "DEBUG"));
    }

    private static void addLog(CloudFormation template) {
        template.resource(
                "LogGroup",
                "AWS::Logs::LogGroup",
                CloudFormation.properties()
                        .put("LogGroupName", "/aws/kinesis-analytics/${ApplicationName}")
                        .put("RetentionInDays", LOG_DAYS));
        template.resource(
                "LogStream",
                "AWS::Logs::LogStream",
                CloudFormation.properties()
                        .put("LogGroupName", "${LogGroup}")
                        .put("LogStreamName", "job"));
    }

    private ObjectNode application() {
        ObjectNode application =
                CloudFormation.properties()
                        .put("ApplicationName", "${ApplicationName}")
                        .put("ApplicationDescription", "Caracal: security log analysis")
                        .put("RuntimeEnvironment", RUNTIME)
                        .put("ServiceExecutionRole", "${Role.Arn}");
        ObjectNode configuration = application.putObject("ApplicationConfiguration");
        configuration
                .putObject("ApplicationCodeConfiguration")
                .put("CodeContentType", "ZIPFILE")
                .putObject("CodeContent")
                .putObject("S3ContentLocation")
                .put("BucketARN", "arn:${AWS::Partition}:s3:::${CodeBucket}")
                .put("FileKey", "${CodeKey}");
        ObjectNode properties =
                configuration
                        .putObject("EnvironmentProperties")
                        .putArray("PropertyGroups")
                        .addObject()
                        .put("PropertyGroupId", PROPERTY_GROUP)
                        .putObject("PropertyMap");
        options.properties().forEach(properties::put);
        configuration.putObject("ApplicationSnapshotConfiguration").put("SnapshotsEnabled", true);
        configuration
                .putObject("ApplicationSystemRollbackConfiguration")
                .put("RollbackEnabled", true);
        configuration.set("FlinkApplicationConfiguration", flink());
        return application;
    }

    private static ObjectNode flink() {
        ObjectNode flink = CloudFormation.properties();
        custom(flink, "CheckpointConfiguration")
                .put("CheckpointingEnabled", true)
                .put("CheckpointInterval", "${CheckpointMillis}")
                .put("MinPauseBetweenCheckpoints", SHORTEST_CHECKPOINT_INTERVAL);
        custom(flink, "MonitoringConfiguration")
                .put("LogLevel", "${LogLevel}")
                .put("MetricsLevel", "APPLICATION");
        custom(flink, "ParallelismConfiguration")
                .put("Parallelism", "${Parallelism}")
                .put("ParallelismPerKPU", "${ParallelismPerKPU}")
                .put("AutoScalingEnabled", "${AutoScaling}");
        return flink;
    }

    private static ObjectNode custom(ObjectNode flink, String name) {
        return flink.putObject(name).put("ConfigurationType", "CUSTOM");
    }

    private static ObjectNode applicationLog() {
        ObjectNode log = CloudFormation.properties().put("ApplicationName", "${Application}");
        log.putObject("CloudWatchLoggingOption")
                .put(
                        "LogStreamARN",
                        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroup}:log-stream:${LogStream}");
        return log;
    }
}
