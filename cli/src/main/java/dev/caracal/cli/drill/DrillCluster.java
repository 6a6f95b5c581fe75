package dev.caracal.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.cluster.StopCommand;
import dev.caracal.cli.cluster.SubmitCommand;
import dev.caracal.cli.flink.FlinkProcesses;
import dev.caracal.cli.flink.FlinkProcesses.Kind;
import dev.caracal.cli.flink.FlinkRest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The Flink cluster of the drill with its one job. */
final class DrillCluster implements AutoCloseable {

    static final int TASK_MANAGERS = 2;

    private static final String JOB = "Job:";

    private final FlinkProcesses processes;
    private final FlinkRest rest;
    private final Path home;
    private final Path options;
    private final Path checkpoints;
    private Map<String, String> environment = Map.of();
    private String job = "";

    /**
     * @param home the project's folder
     * @param options the job's, a file
     * @param checkpoints where the job keeps them
     */
    DrillCluster(FlinkProcesses processes, Path home, Path options, Path checkpoints) {
        this.processes = processes;
        this.rest = new FlinkRest(processes.dashboard());
        this.home = home;
        this.options = options;
        this.checkpoints = checkpoints;
    }

    URI dashboard() {
        return processes.dashboard();
    }

    /** Submits the job as a user does, and waits until it runs. */
    void submit(String checkpoint) throws IOException {
        String said =
                call(
                        console -> new SubmitCommand(console, home),
                        "--config=" + options,
                        "--parallelism=" + TASK_MANAGERS,
                        "--wait-for-slots",
                        "--savepoint=" + checkpoint);
        job =
                said.lines()
                        .filter(line -> line.startsWith(JOB))
                        .map(line -> line.substring(JOB.length()).strip())
                        .findFirst()
                        .orElse("");
    }

    /** Ends the job at its last checkpoint. */
    void stop() throws IOException {
        call(StopCommand::new, "--no-savepoint");
    }

    /** What a command says of this cluster on standard output. */
    private String call(Function<Console, Callable<Integer>> command, String... arguments)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(List.of("--cluster=" + rest.address()));
        all.addAll(List.of(arguments));
        int status =
                new CommandLine(command.apply(console))
                        .setExecutionExceptionHandler(
                                (failure, line, result) -> {
                                    throw failure;
                                })
                        .execute(all.toArray(String[]::new));
        String said = out.toString(StandardCharsets.UTF_8);
        if (status != 0) {
            throw new IOException(
                    "the cluster did not do it: " + said + err.toString(StandardCharsets.UTF_8));
        }
        return said;
    }

    /** The last complete checkpoint of all jobs that have run here. */
    String newestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(DrillCluster::written))
                    .map(file -> file.resolveSibling("").toUri().toString())
                    .orElseThrow(() -> new IOException("there is no checkpoint in " + checkpoints));
        }
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the job is, such as {@code RUNNING}; empty while the cluster does not answer. */
    String state() throws InterruptedException {
        try {
            return rest.get("/jobs/" + job).path("state").asText();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether every task runs. */
    boolean isRunning() throws InterruptedException {
        try {
            JsonNode state = rest.get("/jobs/" + job);
            for (JsonNode vertex : state.path("vertices")) {
                if (vertex.path("tasks").path("RUNNING").asInt()
                        != vertex.path("parallelism").asInt()) {
                    return false;
                }
            }
            return state.path("state").asText().equals("RUNNING");
        } catch (IOException e) {
            return false;
        }
    }

    /** Checkpoints that the job has completed since it was submitted. */
    long completedCheckpoints() throws IOException, InterruptedException {
        return rest.get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
    }

    /** Size of the last complete checkpoint; 0 if there is none or nobody knows. */
    long checkpointBytes() throws InterruptedException {
        try {
            return rest.get("/jobs/" + job + "/checkpoints")
                    .path("latest")
                    .path("completed")
                    .path("state_size")
                    .asLong();
        } catch (IOException e) {
            return 0;
        }
    }

    /** How often the job has started again since it was submitted; 0 if nobody knows. */
    long restarts() throws InterruptedException {
        try {
            return rest.get("/jobs/" + job + "/metrics?get=numRestarts")
                    .path(0)
                    .path("value")
                    .asLong();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Environment of the processes that are started from now on. */
    void environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    /** Sends a signal to the process of its kind that was started first of those alive. */
    void signal(Kind kind, String signal) throws IOException, InterruptedException {
        signal(alive(kind).get(0), signal);
    }

    /**
     * @param signal such as {@code KILL}
     */
    void signal(long process, String signal) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process))
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("process " + process + " takes no signal " + signal);
        }
    }

    List<Long> alive(Kind kind) throws IOException {
        List<Long> alive = new ArrayList<>();
        for (long process : processes.processes(kind)) {
            if (isAlive(process)) {
                alive.add(process);
            }
        }
        return alive;
    }

    /** A dead process whose parent has not asked for its status has no command line any more. */
    private static boolean isAlive(long process) throws IOException {
        Path commandLine = Path.of("/proc", String.valueOf(process), "cmdline");
        if (Files.isDirectory(Path.of("/proc", "self"))) {
            return Files.exists(commandLine) && Files.readAllBytes(commandLine).length > 0;
        }
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Starts TaskManagers for those that are gone, as Kubernetes would; returns how many. */
    int revive() throws IOException, InterruptedException {
        int gone = TASK_MANAGERS - alive(Kind.TASK_MANAGER).size();
        for (int i = 0; i < gone; i++) {
            processes.startProcess(Kind.TASK_MANAGER, environment);
        }
        return gone;
    }

    /** Starts a JobManager in the place of one that is gone, and waits until it answers. */
    void restartJobManager() throws IOException, InterruptedException {
        long process = processes.startProcess(Kind.JOB_MANAGER);
        while (true) {
            try {
                rest.get("/overview");
                return;
            } catch (IOException e) {
                if (!isAlive(process)) {
                    throw new IOException("the JobManager has ended; see " + processes.logs(), e);
                }
                Drill.pause();
            }
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
