package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.parsers.LogTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTypesCommandTest {

    private static final Path PAGES =
            Path.of(System.getProperty("caracal.home"), "docs", "log-types");

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"AWS.VPCFlow, text", "AWS.CloudTrail, JSON", "Okta.SystemLog, JSON"})
    void theLogTypesAreListedOneALine(String name, String format) {
        assertThat(CommandTester.run("log-types").outLines())
                .hasSameSizeAs(LogTypes.builtin().names())
                .anyMatch(line -> line.matches(name + " +" + format + " +[A-Z].+"));
    }

    @Test
    void theFieldsOfALogTypeAreATable() {
        Outcome outcome = CommandTester.run("log-types", "Okta.SystemLog");

        assertThat(outcome.outLines().get(0)).startsWith("Okta.SystemLog: The Okta system log");
        assertThat(outcome.outLines())
                .contains(
                        "reference: https://developer.okta.com/docs/reference/api/system-log/",
                        "records: JSON",
                        "event time: published",
                        "told apart by: required uuid, published, eventType, version, severity")
                .anyMatch(line -> line.matches("field +type +required +indicators.*"))
                .anyMatch(line -> line.matches("actor\\.id +string +yes"))
                .anyMatch(line -> line.matches("target +array of object"))
                .anyMatch(line -> line.matches("request\\.ipChain\\[\\]\\.ip +string +ip"));
    }

    @Test
    void asJsonTheFieldsAreNested() throws IOException {
        Outcome outcome = CommandTester.run("log-types", "--format=json", "Okta.SystemLog");

        JsonNode logType = new ObjectMapper().readTree(outcome.out());
        assertThat(logType.at("/name").asText()).isEqualTo("Okta.SystemLog");
        assertThat(logType.at("/eventTime").asText()).isEqualTo("published");
        assertThat(logType.at("/referenceURL").asText()).startsWith("https://");
        assertThat(logType.at("/fields/0").toString())
                .isEqualTo("{\"name\":\"uuid\",\"required\":true,\"type\":\"string\"}");
        assertThat(logType.findValues("indicators")).isNotEmpty();
        assertThat(logType.findValue("element").findValue("fields").size()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "log-types okta.systemlog | did you mean Okta.SystemLog?",
                "log-types --format=xml | Invalid value for option '--format'",
                "log-types --format=markdown | --format markdown needs --output, a folder",
            })
    void whatIsWrongIsSaid(String command, String message) {
        Outcome outcome = CommandTester.run(command.split(" "));

        assertThat(outcome.err()).contains(message);
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void theReferenceIsUpToDate() throws IOException {
        CommandTester.run("log-types", "--format=markdown", "--output=" + folder);

        assertThat(pages(PAGES))
                .as("run ./caracal log-types --format markdown --output docs/log-types")
                .isEqualTo(pages(folder));
    }

    private static Map<String, String> pages(Path folder) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }
}
