package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RuleSetCheckTest {

    private static final RuleEngine ENGINE = new RuleEngine();
    private static final String RULE =
            """
            AnalysisType: rule
            RuleID: Door.Open
            Filename: door.py
            LogTypes: [Door.Log]
            Severity: Low
            Tests:
              - {Name: open, ExpectedResult: true, Log: {door: open}}
              - {Name: shut, ExpectedResult: false, Log: {door: shut}}
            """;
    private static final String GOOD = "def is_open(event): return event['door'] == 'open'\n";
    private static final String WRONG = "def is_open(event): return True\n";
    private static final String RENAMED = "def opened(event): return event['door'] == 'open'\n";

    private final RuleSetCheck check = new RuleSetCheck(false);
    private final TreeMap<String, String> files = new TreeMap<>();

    RuleSetCheckTest() {
        files.put(
                "rules/helpers.yml",
                "AnalysisType: global\nGlobalID: door_helpers\nFilename: helpers.py\n");
        files.put("rules/helpers.py", GOOD);
        files.put("rules/door.yml", RULE);
        files.put(
                "rules/door.py",
                "import door_helpers\ndef rule(event): return door_helpers.is_open(event)\n");
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static String python(RuleSetCheck.Checked checked, String path) {
        return checked.rules().stream()
                .filter(source -> source.path().equals(path))
                .map(RuleSource::python)
                .findFirst()
                .orElse("");
    }

    @Test
    void rulesAreInForceWithTheirGlobals() {
        RuleSetCheck.Checked checked = check.check(ENGINE, files);

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.rules())
                .extracting(RuleSource::path)
                .containsExactly("rules/helpers.yml", "rules/door.yml");
        assertThat(check.check(ENGINE, files)).isEqualTo(checked);
    }

    @Test
    void aGlobalWithWhichAnUnchangedRuleFailsIsRefused() {
        check.check(ENGINE, files);
        files.put("rules/helpers.py", WRONG);

        RuleSetCheck.Checked checked = check.check(ENGINE, files);

        assertThat(checked.problems())
                .extracting(RuleProblem::toString)
                .containsExactly(
                        "rules/door.yml:8: with the changed globals and data models, which are"
                                + " refused for it: test 'shut': expected false, got true");
        assertThat(python(checked, "rules/helpers.yml")).isEqualTo(GOOD);
    }

    @Test
    void aGlobalAndTheRulesThatUseItChangeTogether() {
        check.check(ENGINE, files);
        files.put("rules/helpers.py", RENAMED);
        files.put(
                "rules/door.py",
                "import door_helpers\ndef rule(event): return door_helpers.opened(event)\n");

        RuleSetCheck.Checked checked = check.check(ENGINE, files);

        assertThat(checked.problems()).isEmpty();
        assertThat(python(checked, "rules/helpers.yml")).isEqualTo(RENAMED);
        assertThat(python(checked, "rules/door.yml")).contains("opened");
    }

    @Test
    void whatWasAcceptedBeforeARestartIsTakenUp() {
        check.check(ENGINE, files);
        List<RuleSource> accepted = check.accepted();
        var restarted = new RuleSetCheck(false);
        restarted.restore(accepted);
        files.put("rules/helpers.py", "def is_open(event): return (\n");

        RuleSetCheck.Checked checked = restarted.check(ENGINE, files);

        assertThat(checked.problems())
                .first()
                .asString()
                .startsWith("rules/helpers.py:1: SyntaxError(");
        assertThat(checked.rules()).containsExactlyElementsOf(accepted);
    }
}
