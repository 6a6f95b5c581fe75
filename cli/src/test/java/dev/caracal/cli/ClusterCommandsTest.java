package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What submit, status, savepoint and stop say when a cluster is not as they need it. */
class ClusterCommandsTest {

    private static final String ONE = "1".repeat(32);
    private static final String TWO = "12".repeat(16);

    @TempDir private Path folder;

    private final Map<String, String> answers = new TreeMap<>();
    private HttpServer server;
    private String cluster;

    /** Answers as Flink does, by the path of the request. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cluster = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    String answer = answers.getOrDefault(path, "{\"errors\":[\"Not found: \"]}");
                    exchange.getRequestBody().readAllBytes();
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    int status = answer.contains("\"errors\"") ? 404 : 200;
                    exchange.sendResponseHeaders(status, bytes.length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(bytes);
                    }
                });
        server.start();
        answers.put("/overview", overview("2.2.1", 4));
        answers.put("/jobmanager/config", "[{\"key\":\"parallelism.default\",\"value\":\"2\"}]");
        answers.put("/jobs/overview", "{\"jobs\":[]}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String overview(String version, int free) {
        return """
               {"taskmanagers":1,"slots-total":4,"slots-available":%d,"flink-version":"%s"}"""
                .formatted(free, version);
    }

    private static String job(String id, String state) {
        return """
               {"jid":"%s","name":"Caracal","state":"%s","start-time":1}"""
                .formatted(id, state);
    }

    private void jobs(String... jobs) {
        answers.put("/jobs/overview", "{\"jobs\":[" + String.join(",", jobs) + "]}");
    }

    private Outcome run(String command, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = command;
        all[1] = "--cluster=" + cluster;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandTester.run(all);
    }

    private Outcome submit(String... arguments) throws IOException {
        Path jar = Files.writeString(folder.resolve("job.jar"), "jar");
        Path config = Files.writeString(folder.resolve("caracal.yaml"), "control.interval: 1 s");
        String[] all = new String[arguments.length + 2];
        all[0] = "--jar=" + jar;
        all[1] = "--config=" + config;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run("submit", all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "stop", "savepoint"})
    void aClusterThatCannotBeReachedIsNamed(String command) {
        server.stop(0);

        Outcome outcome = run(command);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("caracal: cannot reach Flink at " + cluster);
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        Outcome outcome = CommandTester.run("status", "--cluster=localhost:8081");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("--cluster is localhost:8081, expected");
    }

    @Test
    void tooFewFreeSlotsRefuseAJobBeforeAnythingIsSent() throws IOException {
        Outcome outcome = submit("--parallelism=5");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("needs 5 free slots", "has 4 of 4 on 1 TaskManager", "--parallelism");
    }

    @Test
    void anOlderFlinkIsRefused() throws IOException {
        answers.put("/overview", overview("1.20.1", 4));

        assertThat(submit().err()).contains("is Flink 1.20.1; the job needs 2.2 or newer");
    }

    @Test
    void aClusterThatTakesNoJarsIsExplained() throws IOException {
        assertThat(submit().err()).contains("takes no jars: web.submit.enable is false");
    }

    @Test
    void whatTheJobsMainSaysIsTold() throws IOException {
        answers.put("/jars/upload", "{\"filename\":\"/tmp/flink-web/0_job.jar\"}");
        answers.put(
                "/jars/0_job.jar/run",
                """
                {"errors":["org.apache.flink.X: Could not execute.\\n\\tat a.B\\nCaused by: \
                java.lang.IllegalArgumentException: The option control.location is missing\\n\\tat c.D"]}""");
        answers.put("/jars/0_job.jar", "{}");

        Outcome outcome = submit();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("the job has not started: The option control.location is missing\n");
    }

    @Test
    void anOptionThatDoesNotExistIsRefusedHere() throws IOException {
        Path config = Files.writeString(folder.resolve("wrong.yaml"), "control.locaton: x");

        Outcome outcome = run("submit", "--config=" + config);

        assertThat(outcome.err()).contains("there is no option \"control.locaton\"");
    }

    @Test
    void withoutAJobThereIsNothingToStop() {
        Outcome outcome = run("stop");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("no job runs at " + cluster);
    }

    @Test
    void ofSeveralJobsOneHasToBeNamed() {
        jobs(job(ONE, "RUNNING"), job(TWO, "RUNNING"), job("3".repeat(32), "FINISHED"));

        assertThat(run("stop").err()).contains("which job?", ONE, TWO).doesNotContain("3333");
        assertThat(run("savepoint", "1").err()).contains("which job?");
        assertThat(run("savepoint", "4").err()).contains("no job with the id 4 runs at", ONE);
    }

    @Test
    void aJobThatDoesNotRunTakesNoSavepointAndSaysWhy() {
        jobs(job(ONE, "RESTARTING"));
        answers.put(
                "/jobs/" + ONE + "/exceptions",
                """
                {"exceptionHistory":{"entries":[{"stacktrace":\
                "java.io.IOException: disk full\\n\\tat a.B"}]}}""");

        assertThat(run("stop").err())
                .contains("is RESTARTING and cannot take a savepoint: disk full", "--no-savepoint");
    }

    @Test
    void aClusterWithoutAFolderForSavepointsIsExplained() {
        jobs(job(ONE, "RUNNING"));
        answers.put(
                "/jobs/" + ONE + "/savepoints",
                "{\"errors\":[\"X: Config key [execution.checkpointing.savepoint-dir] is not set\"]}");

        assertThat(run("savepoint").err())
                .contains("the cluster has no folder for savepoints: give --savepoint-dir");
    }

    @Test
    void statusOfAnEmptyClusterTellsWhatIsThere() {
        assertThat(run("status").out())
                .contains("Flink 2.2.1 at " + cluster, "free slots: 4 of 4", "caracal submit");
    }
}
