package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RuleTestReportTest {

    private RulePackFolder pack;

    @BeforeEach
    void writePack(@TempDir Path folder) {
        pack =
                new RulePackFolder(folder)
                        .withRule("Good", "LogTypes: [AWS.CloudTrail]", "Severity: Low")
                        .with(
                                "rules/Good.py",
                                "def rule(event):",
                                "    return True",
                                "def title(event):",
                                "    return 'a <title> with \\x01'",
                                "def alert_context(event):",
                                "    return {'name': event.get('eventName')}",
                                "def severity(event):",
                                "    return 'DEFAULT'")
                        .withRule("Raising", "LogTypes: [AWS.CloudTrail]", "Severity: Low")
                        .with(
                                "rules/Raising.py",
                                "def rule(event):",
                                "    return True",
                                "def title(event):",
                                "    return event['nothing']")
                        .withRule("Unread", "LogTypes: [AWS.CloudTrail]", "Severity: Low")
                        .with("rules/Unread.py", "def rule(event)");
    }

    @Test
    void jsonHasEachTestWithWhatItsFunctionsGave() throws Exception {
        Outcome outcome = CommandTester.run("test", pack.toString(), "--format", "json");

        JsonNode json = new ObjectMapper().readTree(outcome.out());
        JsonNode good = json.at("/rules/0");
        assertThat(good.path("id").asText()).isEqualTo("Good");
        assertThat(good.at("/tests/0/name").asText()).isEqualTo("of Good");
        assertThat(good.at("/tests/0/line").asInt()).isEqualTo(7);
        assertThat(good.at("/tests/0/passed").asBoolean()).isTrue();
        JsonNode functions = good.at("/tests/0/functions");
        assertThat(functions.at("/title/output").asText()).isEqualTo("a <title> with \u0001");
        assertThat(functions.at("/alert_context/output/name").asText()).isEqualTo("Bad");
        assertThat(functions.path("severity").toString()).isEqualTo("{\"ran\":true}");
        JsonNode raising = json.at("/rules/1/tests/0");
        assertThat(raising.path("passed").asBoolean(true)).isFalse();
        assertThat(raising.at("/functions/title/error/kind").asText()).isEqualTo("KeyError");
        assertThat(json.at("/problems/0/path").asText()).endsWith("Unread.py");
        assertThat(json.at("/problems/0/line").asInt()).isEqualTo(1);
        assertThat(json.path("summary").toString())
                .isEqualTo("{\"rules\":3,\"tests\":2,\"passed\":1,\"failed\":1,\"errors\":1}");
        assertThat(outcome.err()).contains("3 rules, 2 tests: 1 passed, 1 failed, 1 errors");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void junitHasASuiteForEachRuleAndGoesToTheFile() throws Exception {
        Path file = pack.folder().resolve("reports/results.xml");

        Outcome outcome =
                CommandTester.run(
                        "test", pack.toString(), "--format", "junit", "--output", file.toString());

        Document xml = parse(Files.readString(file));
        assertThat(suite(xml, 0).getAttribute("name")).isEqualTo("Good");
        assertThat(suite(xml, 0).getAttribute("failures")).isEqualTo("0");
        assertThat(suite(xml, 0).getTextContent()).contains("a <title> with \ufffd");
        assertThat(suite(xml, 1).getAttribute("failures")).isEqualTo("1");
        Element failure = (Element) suite(xml, 1).getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("title() raised KeyError");
        assertThat(failure.getTextContent()).contains("Raising.py:4", "return event['nothing']");
        assertThat(suite(xml, 2).getAttribute("errors")).isEqualTo("1");
        assertThat(suite(xml, 2).getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(outcome.outLines())
                .last()
                .isEqualTo("3 rules, 2 tests: 1 passed, 1 failed, 1 errors");
    }

    @Test
    void aFailureShowsTheLineOfTheRule() {
        Outcome outcome = CommandTester.run("test", pack.toString());

        assertThat(outcome.out())
                .contains(
                        "Raising.yml:7: test 'of Raising': title() raised KeyError",
                        "Raising.py:4 in title:  return event['nothing']");
    }

    @Test
    void verboseNamesWhatEachFunctionGaveAndWhichDidNotRun() {
        pack.with(
                "rules/Raising.py",
                "def rule(event):",
                "    return False",
                "def title(event):",
                "    return 'never'");

        assertThat(CommandTester.run("test", "--verbose", pack.toString()).outLines())
                .contains(
                        "     rule           True",
                        "     severity       DEFAULT",
                        "     alert_context  {\"name\": \"Bad\"}",
                        "     rule           False",
                        "     title          did not run: rule gave False");
    }

    @Test
    void aTerminalGetsProgressAndColours() {
        assertThat(out(Console.Display.COLOUR_TERMINAL))
                .contains("\u001b[31mFAIL\u001b[0m", "\r\u001b[K1 of 3 rules", "\u001b[31m3 rules");
        assertThat(out(Console.Display.TERMINAL))
                .contains("\r\u001b[K1 of 3 rules")
                .doesNotContain("\u001b[31m");
        assertThat(out(Console.Display.LINES)).doesNotContain("\u001b", "\r");
    }

    private String out(Console.Display display) {
        return CommandTester.runOn(display, "test", pack.toString()).out();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Element suite(Document xml, int index) {
        return (Element) xml.getElementsByTagName("testsuite").item(index);
    }
}
