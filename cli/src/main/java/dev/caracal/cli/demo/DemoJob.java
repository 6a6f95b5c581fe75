package dev.caracal.cli.demo;

import dev.caracal.cli.samples.SampleAccount;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.sns.SnsOptions;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.job.CaracalJob;
import dev.caracal.job.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The demo's options of cluster and job; the latter could as well stand in a file. */
final class DemoJob {

    static final int PARALLELISM = 2;
    static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

    private DemoJob() {}

    static Configuration cluster(DemoFolder folder) {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        cluster.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 5);
        cluster.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.checkpoints().toUri().toString());
        cluster.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        cluster.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
        return cluster;
    }

    /** The job as it would run on any cluster, reading from the queue. */
    static StreamExecutionEnvironment build(
            DemoFolder folder, LocalAwsProcess.Endpoints endpoints, String queueUrl)
            throws Exception {
        Configuration options =
                Configuration.fromMap(DemoAccounts.options(SampleAccount.SECURITY, endpoints));
        options.set(SqsSourceOptions.QUEUE_URL, queueUrl);
        options.set(JobOptions.CONTROL_LOCATION, folder.control().toString());
        options.set(JobOptions.RULE_CACHE_DIRECTORY, folder.ruleCache().toString());
        options.set(JobOptions.OUTPUT_LOCATION, "s3://" + DemoAccounts.OUTPUT_BUCKET);
        options.set(SnsOptions.TOPIC_ARN, DemoAccounts.alertTopicArn());
        options.set(LakeOptions.WAREHOUSE, folder.lake().toString());
        options.set(LakeOptions.UPKEEP_INTERVAL, Duration.ofMinutes(1));
        // The demo counts what comes out by these files.
        options.set(JobOptions.EVENT_FILES, true);
        write(options, folder.options());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster(folder));
        environment.setParallelism(PARALLELISM);
        CaracalJob.build(environment, options);
        return environment;
    }

    /** As {@code --config} reads them, for other commands to be tried on the demo. */
    private static void write(Configuration options, Path file) throws IOException {
        StringBuilder yaml = new StringBuilder();
        new TreeMap<>(options.toMap())
                .forEach(
                        (key, value) ->
                                yaml.append(key)
                                        .append(": '")
                                        .append(value.replace("'", "''"))
                                        .append("'\n"));
        Files.writeString(file, yaml);
    }
}
