package dev.caracal.job;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSource;
import dev.caracal.connectors.files.S3FileSink;
import dev.caracal.connectors.s3.S3ObjectStore;
import dev.caracal.connectors.sns.SnsTransport;
import dev.caracal.connectors.sqs.SqsQueuesSource;
import dev.caracal.connectors.sqs.SqsSource;
import dev.caracal.connectors.sqs.SqsTransport;
import dev.caracal.connectors.webhook.WebhookTransport;
import dev.caracal.job.lake.Lake;
import dev.caracal.job.output.AlertLines;
import dev.caracal.job.output.DeadLetterLines;
import dev.caracal.job.output.EventLines;
import dev.caracal.job.output.MatchLines;
import dev.caracal.job.queue.LogSourceQueues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job: logs that land in S3 become events, matches and alerts.
 *
 * <p>Usage: {@code flink run caracal-job.jar [--config FILE] [--option KEY=VALUE]…}. On Amazon
 * Managed Service for Apache Flink the options come from the application's property groups.
 */
public final class CaracalJob {

    private CaracalJob() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, configuration(args));
        env.execute();
    }

    private static Configuration configuration(String[] args) throws IOException {
        return new JobConfiguration(JobOptions.everything())
                .addPropertyGroups(KinesisAnalyticsRuntime.getApplicationProperties())
                .addArguments(List.of(args), System.getenv())
                .toConfiguration();
    }

    /** The options in a YAML file; see {@link JobConfiguration} for its form. */
    public static Configuration readConfiguration(Path file) throws IOException {
        return new JobConfiguration(JobOptions.everything())
                .addFile(file)
                .addEnvironment(System.getenv())
                .toConfiguration();
    }

    /**
     * Adds the job to an environment. Only {@code pipeline.*} options are set there: Managed Flink
     * refuses a job that sets any other in code.
     *
     * @throws IllegalArgumentException if an option is missing or does not fit
     */
    public static void build(StreamExecutionEnvironment env, Configuration options) {
        env.configure(pipelineOptions());
        Configuration config = new Configuration(options);
        env.getConfiguration().toMap().forEach(config::setString);
        AwsSettings aws = AwsSettings.from(config);
        ControlLocation control =
                new ControlLocation(require(config, JobOptions.CONTROL_LOCATION), aws);
        Topology.define(
                env,
                new Topology.Sources(
                        SqsSource.builder().config(config).build(),
                        SqsQueuesSource.of(
                                new LogSourceQueues(
                                        control, config.get(JobOptions.CONTROL_INTERVAL)),
                                config),
                        ControlSource.of(control, config.get(JobOptions.CONTROL_INTERVAL)),
                        control,
                        S3ObjectStore.factory(aws)),
                sinks(config),
                new Topology.Transports(
                        SnsTransport.factory(aws),
                        SqsTransport.factory(aws),
                        WebhookTransport.factory(config, aws)),
                aws,
                config);
    }

    private static Configuration pipelineOptions() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, "Caracal");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        // Nothing needs watermarks, and their timer would let objects in over the reader's limit.
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
        return configuration;
    }

    private static Topology.Sinks sinks(Configuration config) {
        OutputLocation output = OutputLocation.parse(require(config, JobOptions.OUTPUT_LOCATION));
        Optional<Lake> lake = Lake.from(config);
        boolean eventFiles = config.getOptional(JobOptions.EVENT_FILES).orElse(lake.isEmpty());
        return new Topology.Sinks(
                eventFiles
                        ? Optional.of(files(output, config, new EventLines()))
                        : Optional.empty(),
                files(output, config, new MatchLines()),
                files(output, config, new AlertLines()),
                files(output, config, new DeadLetterLines()),
                lake);
    }

    private static <T> Sink<T> files(
            OutputLocation output, Configuration config, S3FileSink.Encoder<T> encoder) {
        return S3FileSink.<T>builder()
                .config(config)
                .bucket(output.bucket())
                .prefix(output.prefix())
                .encoder(encoder)
                .build();
    }

    private static String require(Configuration config, ConfigOption<String> option) {
        return config.getOptional(option)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "The option "
                                                + option.key()
                                                + " is missing: "
                                                + JobConfiguration.describe(option)));
    }
}
