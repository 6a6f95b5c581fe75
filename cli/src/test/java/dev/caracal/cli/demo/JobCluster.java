package dev.caracal.cli.demo;

import dev.caracal.cli.flink.LocalFlink;
import dev.caracal.job.CaracalJob;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process that the job can be run on. */
final class JobCluster implements AutoCloseable {

    /** What is read from S3 is there with a checkpoint. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Configuration configuration;
    private final LocalFlink flink;
    private final int parallelism;

    private JobCluster(Configuration configuration, LocalFlink flink, int parallelism) {
        this.configuration = configuration;
        this.flink = flink;
        this.parallelism = parallelism;
    }

    /** Starts a cluster that keeps its checkpoints in a folder. */
    static JobCluster start(Path folder, int parallelism) throws Exception {
        return start(folder, parallelism, new Configuration());
    }

    /**
     * Starts a cluster that keeps its checkpoints in a folder.
     *
     * @param more what it is configured with besides
     */
    static JobCluster start(Path folder, int parallelism, Configuration more) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.addAll(more);
        return new JobCluster(
                configuration, LocalFlink.start(configuration, 0, parallelism), parallelism);
    }

    /** Starts the job. */
    void run(Configuration options) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        CaracalJob.build(env, options);
        flink.submit(env);
    }

    @Override
    public void close() throws Exception {
        flink.close();
    }
}
