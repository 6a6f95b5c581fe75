package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseCommandTest {

    private static final String HEADER = "version srcaddr dstaddr dstport start end action\n";
    private static final String FLOWS =
            HEADER
                    + "2 192.0.2.1 10.0.0.1 443 1600000000 1600000060 ACCEPT\n"
                    + "2 192.0.2.2 10.0.0.1 22 1600000000 1600000060 REJECT\n";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"plain", "gzip", "zstd"})
    void aFileIsParsedWhateverItsCompression(String compression) throws IOException {
        byte[] content = FLOWS.getBytes(StandardCharsets.UTF_8);
        byte[] packed =
                switch (compression) {
                    case "gzip" -> gzip(content);
                    case "zstd" -> Zstd.compress(content);
                    default -> content;
                };
        Path file = Files.write(folder.resolve("flows"), packed);

        Outcome outcome = CommandTester.run("parse", "--log-type", "AWS.VPCFlow", file.toString());

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"p_log_type\":\"AWS.VPCFlow\""))
                .last()
                .asString()
                .contains("\"srcAddr\":\"192.0.2.2\"", "\"dstPort\":22");
        assertThat(outcome.err())
                .isEqualTo(
                        file
                                + ": log stream lines\n"
                                + "1 file, 3 records: 2 events (AWS.VPCFlow 2), 0 rejected\n");
    }

    @Test
    void stdinIsReadWhereNoFileIsNamed() {
        Outcome outcome =
                CommandTester.runWith(
                        FLOWS.getBytes(StandardCharsets.UTF_8), "parse", "--log-type=AWS.VPCFlow");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines()).hasSize(2);
    }

    @Test
    void aLogStreamThatIsGivenIsNotSaidAgain() {
        Outcome outcome =
                CommandTester.runWith(
                        FLOWS.getBytes(StandardCharsets.UTF_8),
                        "parse",
                        "--log-type=AWS.VPCFlow",
                        "--log-stream=lines");

        assertThat(outcome.err())
                .isEqualTo("1 file, 3 records: 2 events (AWS.VPCFlow 2), 0 rejected\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--log-type=My.App, '{\"n\":1}', 'My.App 1'",
        "--strict, '{\"n\":1}', 'My.App 1'",
        "'--log-type=AWS.VPCFlow,My.App', '{\"n\":1}', 'My.App 1'",
        "--log-type=AWS.VPCFlow, 'version srcaddr dstport action status\n2 192.0.2.1 22 ACCEPT OK', 'AWS.VPCFlow 1'"
    })
    void schemasOfOnesOwnStandBesideTheBuiltInOnes(String option, String content, String events)
            throws IOException {
        Path schema = folder.resolve("My.App.yml");
        Files.writeString(
                schema, "schema: My.App\nfields:\n- {name: n, required: true, type: int}\n");

        Outcome outcome =
                CommandTester.runWith(
                        content.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8),
                        "parse",
                        "--schema",
                        folder.toString(),
                        option);

        assertThat(outcome.err()).contains("1 event (" + events + "), 0 rejected");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aSchemaOfOnesOwnTakesThePlaceOfTheBuiltInOne() throws IOException {
        Path schema = folder.resolve("my.yml");
        Files.writeString(schema, "schema: Okta.SystemLog\nfields:\n- {name: n, type: int}\n");

        Outcome outcome =
                CommandTester.runWith(
                        "{\"n\":\"1\"}".getBytes(StandardCharsets.UTF_8),
                        "parse",
                        "--schema=" + schema,
                        "--log-type=Okta.SystemLog");

        assertThat(outcome.out()).startsWith("{\"n\":1,");
    }

    @Test
    void aSchemaThatIsWrongIsRefusedWithFileAndLine() throws IOException {
        Path schema = folder.resolve("my.yml");
        Files.writeString(schema, "schema: My.App\nfields:\n- {name: n, type: text}\n");

        Outcome outcome = CommandTester.run("parse", "--schema=" + schema);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("caracal: " + schema + ", line 3: unknown type 'text', expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://logs/a/1.log | s3://logs/a/1.log | 1 file, 3 records: 2 events",
                "s3://logs/a/ | s3://logs/a/2.log.gz | 2 files, 6 records: 4 events",
                "s3://logs | s3://logs/b.log | 3 files, 9 records: 6 events",
                "s3://logs/none | there is no object s3://logs/none and none that begins so | 1 unreadable",
                "s3:///a | expected s3://bucket/key, found s3:///a | ",
                "s3://other/a | cannot read s3://other/a: | 1 unreadable file",
            })
    void objectsInS3AreReadByKeyOrPrefix(String address, String said, String summary)
            throws IOException {
        byte[] content = FLOWS.getBytes(StandardCharsets.UTF_8);
        try (FakeBucket bucket =
                new FakeBucket(
                        "logs",
                        Map.of(
                                "a/1.log",
                                content,
                                "a/2.log.gz",
                                gzip(content),
                                "b.log",
                                content))) {
            Outcome outcome =
                    CommandTester.run(
                            "parse",
                            "--log-type=AWS.VPCFlow",
                            "--region=us-east-1",
                            "--endpoint=" + bucket.endpoint(),
                            address);

            assertThat(outcome.err()).contains(said).contains(summary == null ? "" : summary);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "--strict, 1"})
    void aRejectedRecordIsNamedWithItsPlaceAndReason(String option, int status) {
        byte[] content = (FLOWS + "no flow\n").getBytes(StandardCharsets.UTF_8);
        String[] arguments = {"parse", "--log-type", "AWS.VPCFlow", option};

        Outcome outcome =
                CommandTester.runWith(
                        content,
                        Arrays.stream(arguments)
                                .filter(argument -> !argument.isEmpty())
                                .toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.outLines()).hasSize(2);
        assertThat(outcome.err())
                .startsWith("stdin: log stream lines\nstdin: record 4 is rejected: AWS.VPCFlow: ")
                .endsWith("1 file, 4 records: 2 events (AWS.VPCFlow 2), 1 rejected\n");
    }

    @Test
    void eachRecordFindsItsLogTypeAmongSeveral() {
        String okta =
                """
                {"uuid":"1","published":"2026-03-02T10:00:00Z","eventType":"user.session.start",\
                "version":"0","severity":"INFO","actor":{"id":"a","type":"User"}}
                """;
        byte[] content = (okta + "no json\n").getBytes(StandardCharsets.UTF_8);

        Outcome outcome =
                CommandTester.runWith(
                        content, "parse", "--log-type", "AWS.CloudTrail,Okta.SystemLog");

        assertThat(outcome.outLines()).hasSize(1);
        assertThat(outcome.err())
                .contains("record 2 is rejected: ", "AWS.CloudTrail: ", "; ", "Okta.SystemLog: ")
                .endsWith("1 file, 2 records: 1 event (Okta.SystemLog 1), 1 rejected\n");
    }

    @Test
    void whatCanBeReadOfABrokenFileIsKept() throws IOException {
        StringBuilder lines = new StringBuilder(FLOWS);
        for (int i = 0; i < 2_000; i++) {
            lines.append("2 192.0.2.1 10.0.0.1 ").append(i * 7919 % 65536);
            lines.append(" 1600000000 1600000060 ACCEPT\n");
        }
        byte[] whole = gzip(lines.toString().getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));

        Outcome outcome = CommandTester.run("parse", "--log-type", "AWS.VPCFlow", file.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.outLines()).hasSizeGreaterThan(100);
        assertThat(outcome.err())
                .contains("cut.gz: cannot be read to its end: ", "1 unreadable file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parse --log-type AWS.Cloudtrial - | 2 | did you mean AWS.CloudTrail?",
                "parse --log-type AWS.ALB --log-stream words | 2 | expected one of auto, lines, csv",
                "parse - | 2 | Missing required option: '--log-type=",
                "parse --schema no-such-folder - | 1 | no-such-folder does not exist",
                "parse --log-type AWS.ALB no-such-file | 1 | no-such-file: cannot be read to its end",
                "prase | 2 | Did you mean: caracal parse",
                "'' | 2 | Missing required subcommand",
                "test no-such-folder | 1 | no-such-folder does not exist",
            })
    void whatIsWrongIsSaid(String command, int status, String message) {
        String[] arguments = command.isEmpty() ? new String[0] : command.split(" ");

        Outcome outcome = CommandTester.run(arguments);

        assertThat(outcome.err()).contains(message).doesNotContain("Exception");
        assertThat(outcome.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "--help",
        "demo --help",
        "parse --help",
        "test --help",
        "log-types --help",
        "run --help",
        "schema --help",
        "schema test --help",
        "schema infer --help",
        "schema check --help"
    })
    void helpIsThereForEveryCommand(String command) {
        Outcome outcome = CommandTester.run(command.split(" "));

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).startsWith("Usage: caracal ");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }
}
