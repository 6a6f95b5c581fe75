package dev.caracal.cli.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A Flink cluster on this machine whose JobManager and TaskManagers are processes of their own,
 * started by the scripts of {@code flink-conf}.
 */
public final class FlinkProcesses implements AutoCloseable {

    private static final int LIMIT_SECONDS = 180;
    private static final String REST_PORT = "rest.port";
    private static final String RPC_PORT = "jobmanager.rpc.port";

    private final Path scripts;
    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final URI dashboard;

    /** The processes would go on after this one. */
    private final Thread stopAtExit = new Thread(this::stop, "stop-flink");

    private FlinkProcesses(Path scripts, Path folder, Map<String, String> options) {
        this.scripts = scripts;
        this.folder = folder;
        options.forEach((key, value) -> this.options.addAll(List.of("-D", key + '=' + value)));
        this.dashboard = URI.create("http://127.0.0.1:" + options.get(REST_PORT));
    }

    /**
     * Starts a cluster and waits until its TaskManagers are there.
     *
     * @param scripts the folder {@code flink-conf} of the project
     * @param folder where logs and process ids go
     * @param options what is to be different from {@code config.yaml}; ports that are not given are
     *     any that are free
     * @throws IOException if it does not start; the message says why
     */
    public static FlinkProcesses start(
            Path scripts, Path folder, int taskManagers, Map<String, String> options)
            throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(options);
        try (ServerSocket rest = anyPort();
                ServerSocket rpc = anyPort()) {
            all.putIfAbsent(REST_PORT, String.valueOf(rest.getLocalPort()));
            all.putIfAbsent(RPC_PORT, String.valueOf(rpc.getLocalPort()));
        }
        FlinkProcesses cluster = new FlinkProcesses(scripts, folder, all);
        Runtime.getRuntime().addShutdownHook(cluster.stopAtExit);
        try {
            cluster.run("start-cluster.sh", String.valueOf(taskManagers));
            return cluster;
        } catch (IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private static ServerSocket anyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    public URI dashboard() {
        return dashboard;
    }

    /** Has a log for each process, such as {@code taskmanager-1.log}. */
    public Path logs() {
        return folder.resolve("log");
    }

    /** The processes' ids in the order in which they were started, those that are gone included. */
    public List<Long> processes(Kind kind) throws IOException {
        return Files.readAllLines(folder.resolve("run").resolve(kind.toString())).stream()
                .map(Long::valueOf)
                .toList();
    }

    /** Starts one more, with the cluster's options, and returns its id. */
    public long startProcess(Kind kind) throws IOException, InterruptedException {
        return startProcess(kind, Map.of());
    }

    /** {@link #startProcess(Kind)} with more environment variables. */
    public long startProcess(Kind kind, Map<String, String> environment)
            throws IOException, InterruptedException {
        return Long.parseLong(run("start-process.sh", kind.toString(), environment).strip());
    }

    /** What a process of a cluster may be; the names are the scripts' own. */
    public enum Kind {
        JOB_MANAGER("jobmanager"),
        TASK_MANAGER("taskmanager");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private String run(String script, String argument) throws IOException, InterruptedException {
        return run(script, argument, Map.of());
    }

    private String run(String script, String argument, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(scripts.resolve(script).toString());
        if (!argument.isEmpty()) {
            command.add(argument);
            command.addAll(options);
        }
        Path output = Files.createTempFile(Files.createDirectories(folder), "script", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "JAVA_HOME", System.getProperty("java.home"),
                                "FLINK_CONF_DIR", scripts.toString(),
                                "FLINK_LOG_DIR", logs().toString(),
                                "FLINK_PID_DIR", folder.resolve("run").toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        if (!ended) {
            // What a script has started would go on without it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException(script + " did not end within " + LIMIT_SECONDS + " s: " + said);
        }
        if (process.exitValue() != 0) {
            throw new IOException(said.strip());
        }
        return said;
    }

    /** Stops all of its processes, those that were started later included. */
    @Override
    public void close() {
        stop();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook finds nothing left to stop.
        }
    }

    private void stop() {
        try {
            String unused = run("stop-cluster.sh", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
