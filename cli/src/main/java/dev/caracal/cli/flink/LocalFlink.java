package dev.caracal.cli.flink;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process, with its dashboard on loopback. */
public final class LocalFlink implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final MiniCluster cluster;
    private final URI dashboard;

    private LocalFlink(MiniCluster cluster, URI dashboard) {
        this.cluster = cluster;
        this.dashboard = dashboard;
    }

    /**
     * Starts a cluster of one TaskManager.
     *
     * @param configuration of the cluster, such as where its checkpoints lie
     * @param dashboardPort where the dashboard listens; 0 picks a free port
     * @param slots how far jobs may be parallel
     */
    public static LocalFlink start(Configuration configuration, int dashboardPort, int slots)
            throws Exception {
        requireFree(dashboardPort);
        Configuration local = new Configuration(configuration);
        local.set(RestOptions.ADDRESS, "127.0.0.1");
        local.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        local.set(RestOptions.PORT, dashboardPort);
        local.set(RestOptions.BIND_PORT, String.valueOf(dashboardPort));
        local.set(WebOptions.SUBMIT_ENABLE, false);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(local)
                                .setCommonBindAddress("127.0.0.1")
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        try {
            cluster.start();
            return new LocalFlink(cluster, cluster.getRestAddress().get());
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    /** Flink's own complaint would be a stack trace of several pages. */
    private static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        } catch (BindException e) {
            throw new IOException(
                    "port "
                            + port
                            + " for the dashboard is in use; name another with --dashboard-port,"
                            + " or 0 for any that is free",
                    e);
        }
    }

    public URI dashboard() {
        return dashboard;
    }

    /** Starts the job that the environment holds. */
    public JobID submit(StreamExecutionEnvironment environment) throws Exception {
        return cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
    }

    public JobStatus status(JobID job) throws Exception {
        return cluster.getJobStatus(job).get();
    }

    /** Done when the job has ended, whatever way. */
    public CompletableFuture<JobResult> result(JobID job) {
        return cluster.requestJobResult(job);
    }

    /** Cancels the job and waits until its tasks are gone. */
    public void cancel(JobID job) throws Exception {
        CompletableFuture<JobResult> result = cluster.requestJobResult(job);
        try {
            cluster.cancelJob(job).get();
        } catch (ExecutionException e) {
            if (result.isDone()) {
                return;
            }
            throw e;
        }
        try {
            result.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the job has not stopped in " + STOP_LIMIT, e);
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
