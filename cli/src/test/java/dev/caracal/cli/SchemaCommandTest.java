package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCommandTest {

    private static final String SCHEMA =
            """
            schema: My.App
            fields:
            - {name: n, required: true, type: int}
            - {name: user, type: string}
            """;

    private static final String SAMPLES =
            """
            {"time":"2026-03-02T12:00:00Z","n":1}
            {"time":"2026-03-02T12:00:01Z","n":2,"user":{"ip":"192.0.2.1"}}
            """;

    private static final String INFERRED =
            """
            fields:
            - {name: time, required: true, type: timestamp, timeFormat: rfc3339, isEventTime: true}
            - {name: n, required: true, type: bigint}
            - name: user
              type: object
              fields:
              - {name: ip, required: true, type: string, indicators: [ip]}
            """;

    @TempDir private Path folder;

    @Test
    void eachTestIsSaidToPassOrFail() throws IOException {
        Path file = folder.resolve("My.App.yml");
        String tests =
                """
                Tests:
                - {name: good, input: {n: 1}, result: {n: 1}}
                - {name: bad, input: {n: 1, user: bo}, result: {n: 2}}
                """;
        Files.writeString(file, SCHEMA + tests);

        Outcome outcome = CommandTester.run("schema", "test", folder.toString());

        assertThat(outcome.outLines())
                .containsExactly(
                        "PASS " + file + ":6: good",
                        "FAIL " + file + ":7: bad",
                        "    n: expected 2, found 1",
                        "    user: expected nothing, found \"bo\"",
                        "1 schemas, 2 tests: 1 passed, 1 failed, 0 errors");
        assertThat(outcome.status()).isEqualTo(1);

        Files.writeString(file, SCHEMA + tests.replace("n: 2", "n: 1, user: bo"));
        assertThat(CommandTester.run("schema", "test", file.toString()).status()).isZero();
    }

    @Test
    void aSchemaThatCannotBeReadIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yml"), "schema: My.App\nfields: []\n");

        Outcome outcome = CommandTester.run("schema", "test", folder.toString());

        assertThat(outcome.outLines())
                .containsExactly(
                        "ERROR " + file + ", line 2: expected at least one field",
                        "1 schemas, 0 tests: 0 passed, 0 failed, 1 errors");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\":1} | 0 | 1 file, 1 record: 1 event (My.App 1), 0 rejected",
                "{\"n\":\"x\"} | 1 | 1 file, 1 record: 0 events, 1 rejected",
            })
    void samplesAreTriedOnASchema(String sample, int status, String summary) throws IOException {
        Path schema = Files.writeString(folder.resolve("My.App.yml"), SCHEMA);
        Path file = Files.writeString(folder.resolve("sample"), sample);

        Outcome outcome =
                CommandTester.run("schema", "test", "-s", schema.toString(), file.toString());

        assertThat(outcome.out()).isEqualTo(summary + "\n");
        assertThat(outcome.err().contains("record 1 is rejected: My.App: n: expected"))
                .isEqualTo(status == 1);
        assertThat(outcome.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "stdin", "array"})
    void aSchemaIsInferredAndTried(String form) throws IOException {
        byte[] plain =
                (form.equals("array") ? "[" + SAMPLES.strip().replace("\n", ",") + "]" : SAMPLES)
                        .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        Path file = folder.resolve("sample");
        Files.write(file, form.equals("gzip") ? packed.toByteArray() : plain);

        Outcome outcome =
                form.equals("stdin")
                        ? CommandTester.runWith(plain, "schema", "infer", "-", "--name=My.App")
                        : CommandTester.run("schema", "infer", file.toString(), "--name=My.App");

        assertThat(outcome.out()).isEqualTo("schema: My.App\n" + INFERRED);
        assertThat(outcome.err()).endsWith("1 file, 2 records: 2 events (My.App 2), 0 rejected\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aRecordThatIsNoObjectIsLeftOut() {
        Outcome outcome =
                CommandTester.runWith(
                        ("no json\n" + SAMPLES).getBytes(StandardCharsets.UTF_8),
                        "schema",
                        "infer",
                        "-");

        assertThat(outcome.out()).isEqualTo("schema: Vendor.Name\n" + INFERRED);
        assertThat(outcome.err())
                .startsWith("stdin: record 1 is left out: not JSON: ")
                .endsWith("1 file, 3 records: 2 events (Vendor.Name 2), 1 rejected\n");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: int | 0 | 1 schemas, 0 problems",
                "type: text | 1 | , line 3: unknown type 'text', expected one of string",
                "type: bigint | 1 | , line 3: field 'n' was int and cannot become bigint",
            })
    void schemasAreCheckedAgainstThoseBefore(String type, int status, String said)
            throws IOException {
        Path before = Files.createDirectory(folder.resolve("before"));
        Path after = Files.createDirectory(folder.resolve("after"));
        Files.writeString(before.resolve("old.yml"), SCHEMA);
        Path file = after.resolve("new.yml");
        Files.writeString(file, SCHEMA.replace("type: int", type));

        Outcome outcome =
                CommandTester.run(
                        "schema", "check", after.toString(), "--against", before.toString());

        assertThat(outcome.out()).contains(status == 0 ? said : file + said);
        assertThat(outcome.status()).isEqualTo(status);
    }

    @Test
    void aLogTypeHasOneSchema() throws IOException {
        Path one = Files.writeString(folder.resolve("a.yml"), SCHEMA);
        Path other = Files.writeString(folder.resolve("b.yaml"), SCHEMA);

        Outcome outcome = CommandTester.run("schema", "check", folder.toString());

        assertThat(outcome.outLines())
                .containsExactly(
                        other + ": schema My.App is in " + one + " too", "2 schemas, 1 problems");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema check no-such-file | 1 | no-such-file does not exist",
                "schema check | 2 | Missing required parameter: 'PATH",
                "schema infer - | 1 | the samples have no field that is not null",
                "schema infer no-such-file | 1 | no-such-file",
                "schema tets | 2 | Did you mean: schema test",
                "schema | 2 | Missing required subcommand",
            })
    void whatIsWrongIsSaid(String command, int status, String message) {
        Outcome outcome = CommandTester.run(command.split(" "));

        assertThat(outcome.err()).contains(message).doesNotContain("Exception");
        assertThat(outcome.status()).isEqualTo(status);
    }
}
