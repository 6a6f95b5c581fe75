package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.cli.flink.FlinkProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a job leaves in the processes of a cluster: it is submitted, works, and is cancelled, eleven
 * times on the same TaskManager. The figures are in the test's output.
 */
class ResubmitBenchmark {

    private static final Path SCRIPTS =
            Path.of(System.getProperty("caracal.home"), "flink-conf").toAbsolutePath().normalize();

    private static final int CYCLES = Integer.getInteger("caracal.cycles", 11);

    @TempDir private Path folder;

    private record Usage(long metaspaceKib, long classLoaders, long threads, long residentKib) {}

    @Test
    void metaspaceAndThreadsStayFlat() throws Exception {
        Map<String, String> options =
                Map.of(
                        "taskmanager.memory.process.size", "2g",
                        "web.refresh-interval", "500",
                        "execution.checkpointing.interval", "1s",
                        "execution.checkpointing.dir", folder.toUri() + "checkpoints");
        List<Usage> usages = new ArrayList<>();
        try (WholeWay way = new WholeWay(Files.createDirectories(folder.resolve("way")));
                FlinkProcesses flink =
                        FlinkProcesses.start(SCRIPTS, folder.resolve("flink"), 1, options)) {
            way.writeRule("marker", "Marker");
            Path config = Files.writeString(folder.resolve("caracal.yaml"), yaml(way));
            String cluster = "--cluster=" + flink.dashboard();
            long jobManager = flink.processes(FlinkProcesses.Kind.JOB_MANAGER).get(0);
            long taskManager = flink.processes(FlinkProcesses.Kind.TASK_MANAGER).get(0);
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                succeed("submit", cluster, "--config=" + config);
                way.awaitSubscribed();
                way.put("AWSLogs/" + cycle, WholeWay.cloudTrail("event-" + cycle, "Marker"));
                long alerts = cycle;
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> way.output("alerts").size() >= alerts);
                succeed("stop", cluster, "--no-savepoint");
                Usage usage = usage(taskManager);
                usages.add(usage);
                System.out.println(
                        "after cancel "
                                + cycle
                                + ": TaskManager "
                                + usage
                                + ", JobManager "
                                + usage(jobManager));
            }
        }
        Usage second = usages.get(1);
        Usage last = usages.get(CYCLES - 1);
        assertThat(last.classLoaders()).isLessThanOrEqualTo(second.classLoaders());
        assertThat(last.metaspaceKib()).isLessThan(second.metaspaceKib() + (10 << 10));
        assertThat(last.threads()).isLessThanOrEqualTo(second.threads() + 3);
    }

    /** With {@code -Dcaracal.lake=true} the job has a lake. */
    private String yaml(WholeWay way) {
        StringBuilder yaml = new StringBuilder();
        if (Boolean.getBoolean("caracal.lake")) {
            yaml.append("lake.warehouse: '").append(folder.resolve("lake")).append("'\n");
        }
        way.jobOptions()
                .toMap()
                .forEach(
                        (key, value) -> yaml.append(key).append(": '").append(value).append("'\n"));
        return yaml.toString();
    }

    private static void succeed(String... arguments) {
        Outcome outcome = CommandTester.run(arguments);
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    /** After collections have taken what they can; class loaders need more than one. */
    private static Usage usage(long process) throws Exception {
        for (int i = 0; i < 3; i++) {
            tool("jcmd", String.valueOf(process), "GC.run");
        }
        List<String> statistics = tool("jstat", "-gc", String.valueOf(process));
        List<String> names = List.of(statistics.get(0).strip().split("\\s+"));
        String used = statistics.get(1).strip().split("\\s+")[names.indexOf("MU")];
        long loaders =
                tool("jcmd", String.valueOf(process), "VM.classloader_stats").stream()
                        .filter(line -> line.contains("ChildFirstClassLoader"))
                        .count();
        long resident;
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            resident =
                    lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
        }
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            return new Usage((long) Double.parseDouble(used), loaders, threads.count(), resident);
        }
    }

    private static List<String> tool(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, Path.of(System.getProperty("java.home"), "bin", name).toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes()).lines().toList();
    }
}
