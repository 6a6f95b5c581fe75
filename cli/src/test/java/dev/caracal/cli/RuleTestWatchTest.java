package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RuleTestWatchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private BufferedReader err = new BufferedReader(InputStreamReader.nullReader());

    @Test
    void afterAChangeWhatDependsOnItIsTestedAgain(@TempDir Path folder) throws Exception {
        String logType = "LogTypes: [AWS.CloudTrail]";
        var pack =
                new RulePackFolder(folder)
                        .with(
                                "global_helpers/bad.yml",
                                "AnalysisType: global",
                                "GlobalID: bad",
                                "Filename: bad.py")
                        .with("global_helpers/bad.py", "NAME = 'Bad'")
                        .with(
                                "data_models/okta.yml",
                                "AnalysisType: datamodel",
                                "DataModelID: Okta",
                                "LogTypes: [Okta.SystemLog]",
                                "Mappings: [{Name: who, Path: actor}]")
                        .withRule("Alone", logType, "Severity: Low")
                        .withRule("Importing", logType, "Severity: Low")
                        .with(
                                "rules/Importing.py",
                                "import bad",
                                "def rule(event):",
                                "    return event.get('eventName') == bad.NAME")
                        .withRule("Modelled", "LogTypes: [Okta.SystemLog]", "Severity: Low");
        FutureTask<Integer> command = start("test", "--watch", "--verbose", pack.toString());

        assertThat(next()).contains("3 rules, 3 tests: 3 passed");

        pack.with("global_helpers/bad.py", "NAME = 'Worse'");
        assertThat(next())
                .contains("FAIL", "Importing.yml", "1 rules, 1 tests: 0 passed, 1 failed");

        pack.with("rules/Alone.py", "def rule(event):", "    return bool(event)");
        assertThat(next()).contains("PASS", "Alone.yml", "1 rules, 1 tests: 1 passed");

        pack.with(
                "data_models/okta.yml",
                "AnalysisType: datamodel",
                "DataModelID: Okta",
                "LogTypes: [Okta.SystemLog]",
                "Mappings: [{Name: who, Path: actor.id}]");
        assertThat(next()).contains("Modelled.yml", "1 rules, 1 tests: 1 passed");

        stop.interrupt();
        assertThat(command.get()).isZero();
    }

    private Thread stop = Thread.currentThread();

    private FutureTask<Integer> start(String... arguments) throws IOException {
        var pipe = new PipedInputStream();
        var console =
                new Console(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8));
        err = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
        var command = new FutureTask<>(() -> CaracalCommand.execute(console, arguments));
        stop = new Thread(command, "watch");
        stop.start();
        return command;
    }

    /** What the next run prints. */
    private String next() throws IOException {
        String line = err.readLine();
        while (!line.startsWith("watching")) {
            line = err.readLine();
        }
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }
}
