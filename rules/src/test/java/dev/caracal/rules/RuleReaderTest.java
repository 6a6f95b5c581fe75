package dev.caracal.rules;

import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {

    @Test
    void keysThatAreMissingHaveDefaults() throws RuleException {
        RuleMetadata rule = RuleReader.read(rule("R.Id", ""));

        assertThat(rule.displayName()).isEqualTo("R.Id");
        assertThat(rule.pythonPath()).isEqualTo("pack/rule.py");
        assertThat(rule.enabled()).isTrue();
        assertThat(rule.createAlert()).isTrue();
        assertThat(rule.dedupPeriodMinutes()).isEqualTo(60);
        assertThat(rule.threshold()).isEqualTo(1);
        assertThat(rule.severity()).isEqualTo(Severity.HIGH);
        assertThat(rule.tests()).isEmpty();
    }

    @Test
    void allKeysAreRead() throws RuleException {
        RuleMetadata rule =
                RuleReader.read(
                        rule(
                                "R.Id",
                                """
                                Reports: {CIS: [1.1, 1.2]}
                                SummaryAttributes: [p_any_ip_addresses]
                                Status: Experimental
                                OutputIds: [out]
                                """,
                                ""));

        assertThat(rule.reports()).containsExactly(new Report("CIS", List.of("1.1", "1.2")));
        assertThat(rule.summaryAttributes()).containsExactly("p_any_ip_addresses");
        assertThat(rule.status()).isEqualTo("Experimental");
        assertThat(rule.outputIds()).containsExactly("out");
    }

    @Test
    void scalarsAreReadAsYaml12HasThem() throws RuleException {
        RuleMetadata rule =
                RuleReader.read(
                        rule(
                                "R.Id",
                                """
                                Tests:
                                  - Name: oddities
                                    ExpectedResult: True
                                    Log:
                                      policy: off
                                      answer: yes
                                      day: 2024-01-02
                                      time: 2024-01-02T03:04:05Z
                                      account: 012345678901
                                      big: 12345678901234567890
                                      port: 22
                                      share: 1.5
                                      empty:
                                      none: null
                                      block: >-
                                      base: 12:30
                                      flag: FALSE
                                """,
                                ""));

        assertThat(rule.tests().get(0).log())
                .isEqualTo(
                        "{\"policy\":\"off\",\"answer\":\"yes\",\"day\":\"2024-01-02\","
                                + "\"time\":\"2024-01-02T03:04:05Z\",\"account\":\"012345678901\","
                                + "\"big\":12345678901234567890,\"port\":22,\"share\":1.5,"
                                + "\"empty\":null,\"none\":null,\"block\":\"\","
                                + "\"base\":\"12:30\",\"flag\":false}");
    }

    @Test
    void aTestsLogTypeIsItsOwnOrTheLogsOrTheRulesFirst() throws RuleException {
        RuleMetadata rule =
                RuleReader.read(
                        rule(
                                "R.Id",
                                """
                                Tests:
                                  - {Name: a, ExpectedResult: true, LogType: A.A, Log: {p_log_type: B.B}}
                                  - {Name: b, ExpectedResult: true, Log: {p_log_type: B.B}}
                                  - {Name: c, ExpectedResult: true, Log: {}}
                                """,
                                ""));

        assertThat(rule.tests())
                .extracting(RuleTest::logType)
                .containsExactly("A.A", "B.B", "Test.Log");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Detection: []|6|a rule has either Detection or Filename, not both",
                "BaseDetection: R.Base|6|BaseDetection: there is no rule R.Base",
                "Treshold: 3|6|unknown key Treshold; a rule has AlertContext, AlertTitle, AnalysisType,",
                "Threshold: 0|6|Threshold is '0', expected a number from 1 to 2147483647",
                "Threshold: many|6|Threshold is 'many', expected a number",
                "DedupPeriodMinutes: 4|6|DedupPeriodMinutes is '4', expected a number from 5 to 1440",
                "Enabled: yes|6|Enabled is 'yes', expected true or false",
                "Tags: one|6|Tags is 'one', expected a list of texts",
                "RuleID: again|6|the key RuleID is there twice",
                "Tests: [{Name: a, Log: {}}]|6|ExpectedResult is missing, expected true or false",
                "Tests: [{Name: a, ExpectedResult: true}]|6|Log is missing, expected a mapping",
                "Tests: [{Nam: a}]|6|unknown key Nam; a test has ExpectedResult, Log, LogType, Mocks, Name",
                "x: [|7|this is not YAML: ",
            })
    void whatIsWrongIsNamedWithItsLine(String line, int number, String reason) {
        assertThatThrownBy(() -> RuleReader.read(rule("R.Id", line + "\n", "")))
                .isInstanceOf(RuleException.class)
                .hasMessageStartingWith("pack/R.Id.yml:" + number + ": " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AnalysisType: rule|AnalysisType: policy|1: AnalysisType is 'policy', expected rule or scheduled_rule",
                "AnalysisType: rule|AnalysisType: rul|1: AnalysisType is 'rul', expected rule or scheduled_rule",
                "Severity: High|Severity: Huge|5: Severity is 'Huge', expected Info, Low, Medium, High or Critical",
                "LogTypes: [Test.Log]|LogTypes: []|4: LogTypes is missing, expected at least one log type",
                "RuleID: R.Id|RuleID:|2: RuleID is missing, expected the rule's id",
            })
    void whatIsRequiredIsNamed(String from, String to, String message) {
        RuleSource good = rule("R.Id", "");
        var bad = new RuleSource(good.path(), good.yaml().replace(from, to), "");

        assertThatThrownBy(() -> RuleReader.read(bad)).hasMessage("pack/R.Id.yml:" + message);
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        String bomb =
                """
                Tests:
                  - Name: bomb
                    ExpectedResult: true
                    Log:
                      a: &a [x, x, x, x, x, x, x, x, x, x]
                      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
                      f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
                """;
        assertThatThrownBy(() -> RuleReader.read(rule("R.Id", bomb, "")))
                .hasMessageContaining("too many or too deep values");
    }
}
