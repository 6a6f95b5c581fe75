package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way: local AWS, Flink, the job, and all sample logs. */
class DemoITCase {

    @TempDir private Path folder;

    @Test
    void whatComesOutOfTheSampleLogsIsWhatMust() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Path home = Path.of(System.getProperty("caracal.home"));

        int status =
                new CommandLine(new DemoCommand(out, home))
                        .execute("--once", "--dashboard-port=0", "--folder=" + folder);

        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertThat(status).as(shown).isZero();
        assertThat(shown)
                .contains("ALERT", "AWS.CloudTrail.RootActivity")
                .doesNotContain("differs");
    }
}
