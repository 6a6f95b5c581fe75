package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTestSelectionTest {

    private RulePackFolder pack;

    @BeforeEach
    void writePack(@TempDir Path folder) {
        pack =
                new RulePackFolder(folder)
                        .withRule("First", "LogTypes: [AWS.CloudTrail]", "Severity: Low")
                        .withRule(
                                "Second",
                                "LogTypes: [AWS.CloudTrail, AWS.ALB]",
                                "Severity: High",
                                "Tags: [Night]")
                        .withRule(
                                "Third",
                                "LogTypes: [Okta.SystemLog]",
                                "Severity: High",
                                "Tags: [Day, Night]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rule First | First",
                "--rule first,Third | First Third",
                "--log-type AWS.CloudTrail | First Second",
                "--log-type aws.alb --log-type Okta.SystemLog | Second Third",
                "--tag night | Second Third",
                "--severity high,info | Second Third",
                "--severity High --tag Night --log-type AWS.ALB | Second",
            })
    void onlyTheRulesThatFitEachFilterAreTested(String options, String rules) {
        Outcome outcome = run(options + " --verbose");

        assertThat(tested(outcome)).containsExactly(rules.split(" "));
        assertThat(outcome.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rule Frist | there is no rule Frist, did you mean First",
                "--log-type AWS.CloudTral | there is no log type AWS.CloudTral, did you mean AWS.CloudTrail",
                "--severity Low --tag Night | none of 3 rules fits the filters",
                "--severity awful | awful",
            })
    void filtersThatFitNoRuleAreWrongUsage(String options, String message) {
        Outcome outcome = run(options);

        assertThat(outcome.err()).contains(message);
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void theRulesThatFailedLastTimeComeFirst() {
        pack.with("rules/Third.py", "def rule(event):", "    return False");
        assertThat(tested(run("--verbose"))).containsExactly("First", "Second", "Third");

        assertThat(tested(run("--verbose --failed-first")))
                .containsExactly("Third", "First", "Second");

        pack.with("rules/Third.py", "def rule(event):", "    return True");
        run("");
        assertThat(tested(run("--verbose --failed-first")))
                .containsExactly("First", "Second", "Third");
    }

    private Outcome run(String options) {
        var arguments = new ArrayList<String>(List.of("test", pack.toString()));
        arguments.addAll(List.of(options.split(" ")));
        arguments.removeIf(String::isEmpty);
        return CommandTester.run(arguments.toArray(String[]::new));
    }

    /** The names of the rules in the order of their results. */
    private static List<String> tested(Outcome outcome) {
        return outcome.outLines().stream()
                .filter(line -> line.startsWith("PASS") || line.startsWith("FAIL"))
                .map(line -> line.replaceAll(".*/(\\w+)\\.yml:.*", "$1"))
                .toList();
    }
}
