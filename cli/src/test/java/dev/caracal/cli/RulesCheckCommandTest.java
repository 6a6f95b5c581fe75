package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCheckCommandTest {

    private static final String HEAD = "LogTypes: [AWS.CloudTrail]\nSeverity: Low";

    private RulePackFolder pack;

    @BeforeEach
    void emptyPack(@TempDir Path folder) {
        pack = new RulePackFolder(folder);
    }

    @Test
    void ofAGoodPackThereIsNothingToSay() {
        pack.withRule("Good", HEAD)
                .with(
                        "packs/all.yml",
                        "AnalysisType: pack",
                        "PackID: All",
                        "PackDefinition: {IDs: [Good]}");

        Outcome outcome = check();

        assertThat(outcome.out()).isEqualTo("1 rules, 0 errors, 0 warnings\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void errorsNameFileAndLineAndWhatWasLikelyMeant() {
        pack.withRule("LogType", "LogTypes: [AWS.CloudTral]\nSeverity: Low")
                .withRule("OtherLogType", "LogTypes: [Mine.Own]\nSeverity: Low")
                .withRule("Key", HEAD, "Treshold: 5")
                .withRule("Python", HEAD)
                .with("rules/Python.py", "def rule(event):", "    return (")
                .withRule("Twice", HEAD)
                .with(
                        "rules/again.yml",
                        "AnalysisType: rule",
                        "RuleID: Twice",
                        HEAD,
                        "Filename: Twice.py")
                .with(
                        "packs/some.yml",
                        "AnalysisType: pack",
                        "PackID: Some",
                        "PackDefinition:",
                        "  IDs:",
                        "    - Twice",
                        "    - Nowhere");

        Outcome outcome = check();

        assertThat(findings(outcome))
                .containsExactly(
                        "packs/some.yml:6: error: PackDefinition names Nowhere, and nothing here has"
                                + " this id",
                        "rules/Key.yml:6: error: unknown key Treshold",
                        "rules/LogType.yml:4: error: there is no log type AWS.CloudTral, did you"
                                + " mean AWS.CloudTrail?",
                        "rules/OtherLogType.yml:4: error: there is no log type Mine.Own",
                        "rules/Python.py:2: error: SyntaxError",
                        "rules/again.yml:2: error: RuleID Twice is already that of");
        assertThat(outcome.outLines()).last().isEqualTo("4 rules, 6 errors, 0 warnings");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void fieldsThatNoLogTypeHasAreWarnings() {
        pack.withRule("Fields", HEAD)
                .with(
                        "rules/Fields.py",
                        "def rule(event):",
                        "    if event.get('eventNme') == 'x' or 'sourceIpAddres' in event:",
                        "        return event['userIdentity']['tpe'] == event.get('EVENTNAME')",
                        "    return event.deep_get('userIdentity', 'sessionContext', 'nothing')",
                        "def title(event):",
                        "    return event.get('requestParameters', {}).get('anything')",
                        "def helper(event, other):",
                        "    return other.get('unknown') or event.get('p_any_ip_addresses')",
                        "def dedup(event):",
                        "    return event.udm('source_ip') or event.udm('user')")
                .with(
                        "data_models/trail.yml",
                        "AnalysisType: datamodel",
                        "DataModelID: Trail",
                        "LogTypes: [AWS.CloudTrail]",
                        "Mappings: [{Name: user, Path: userIdentity.arn}]");

        Outcome outcome = check();

        assertThat(findings(outcome))
                .containsExactly(
                        "rules/Fields.py:2: warning: AWS.CloudTrail has no field eventNme, did you"
                                + " mean eventName?",
                        "rules/Fields.py:2: warning: AWS.CloudTrail has no field sourceIpAddres, did"
                                + " you mean sourceIPAddress?",
                        "rules/Fields.py:3: warning: AWS.CloudTrail has no field userIdentity.tpe,"
                                + " did you mean type?",
                        "rules/Fields.py:4: warning: AWS.CloudTrail has no field"
                                + " userIdentity.sessionContext.nothing",
                        "rules/Fields.py:10: warning: no data model of AWS.CloudTrail has a mapping"
                                + " source_ip");
        assertThat(outcome.status()).isZero();
        assertThat(CommandTester.run("rules", "check", "--strict", pack.toString()).status())
                .isEqualTo(1);
    }

    @Test
    void keysOfRulesWithoutPythonAreCheckedToo() {
        pack.with(
                "rules/simple.yml",
                "AnalysisType: rule",
                "RuleID: Simple",
                HEAD,
                "SummaryAttributes: [userIdentity:arn, whoIsIt]",
                "Detection:",
                "  - Any:",
                "    - {Key: eventNam, Condition: Equals, Value: x}",
                "    - {KeyPath: 'userIdentity.typ', Condition: Exists}",
                "    - {DeepKey: [userIdentity, arn], Condition: Exists}");

        assertThat(findings(check()))
                .containsExactly(
                        "rules/simple.yml:5: warning: AWS.CloudTrail has no field whoIsIt",
                        "rules/simple.yml:8: warning: AWS.CloudTrail has no field eventNam, did you"
                                + " mean eventName?",
                        "rules/simple.yml:9: warning: AWS.CloudTrail has no field userIdentity.typ,"
                                + " did you mean type?");
    }

    @Test
    void aFieldThatOnlyLogsHaveIsKnownFromTheTests() {
        pack.withRule("New", HEAD, "Status: Deprecated")
                .with(
                        "rules/New.py",
                        "def rule(event):",
                        "    return event.get('brandNewByVendor')")
                .withRule("Sample", HEAD)
                .with(
                        "rules/Sample.yml",
                        "AnalysisType: rule",
                        "RuleID: Sample",
                        HEAD,
                        "Filename: Sample.py",
                        "Tests:",
                        "  - {Name: a, ExpectedResult: false, Log: {brandNewByVendor: 1}}");

        assertThat(findings(check()))
                .containsExactly(
                        "rules/New.yml:6: warning: the rule is enabled, and its Status is"
                                + " Deprecated");
    }

    private Outcome check() {
        return CommandTester.run("rules", "check", pack.toString());
    }

    /** Without the folder, and each no longer than the test wants to see. */
    private List<String> findings(Outcome outcome) {
        return outcome.outLines().stream()
                .filter(line -> line.contains(": error: ") || line.contains(": warning: "))
                .map(line -> line.replace(pack + "/", ""))
                .map(line -> line.replaceAll("(unknown key \\w+);.*", "$1"))
                .map(line -> line.replaceAll("(Mine.Own);.*", "$1"))
                .map(line -> line.replaceAll("(SyntaxError).*", "$1"))
                .map(line -> line.replaceAll("(already that of).*", "$1"))
                .toList();
    }
}
