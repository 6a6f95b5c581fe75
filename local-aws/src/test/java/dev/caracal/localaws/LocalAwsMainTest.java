package dev.caracal.localaws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalAwsMainTest {
    @TempDir private Path folder;

    @Test
    void printsOneReadyLineAndEndsWithItsInput() throws Exception {
        Path config = folder.resolve("config.json");
        Files.writeString(config, TestCloud.CONFIG);
        Process process = start("--config", config.toString(), "--exit-with-parent");
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            JsonNode ready = new ObjectMapper().readTree(out.readLine());
            assertThat(ready.path("ready").asBoolean()).isTrue();
            for (String server : List.of("s3", "sqs", "sns", "sts", "admin")) {
                assertThat(ready.path(server).asText()).matches("http://127\\.0\\.0\\.1:\\d+");
            }
            process.getOutputStream().close();
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--colour,blue,unknown option: --colour",
        "--s3-port,many,--s3-port is 'many'",
        "--s3-port,70000,port is 70000",
        "--config,no-such.json,no-such.json: cannot be read",
    })
    void wrongUsageEndsWithTwoAndAReason(String option, String value, String reason)
            throws Exception {
        Process process = start(option, value);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors).contains(reason).contains("Usage:");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(LocalAwsMain.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }
}
