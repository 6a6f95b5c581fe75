package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RulePackTest {

    private static final String MODEL =
            "AnalysisType: datamodel\nDataModelID: %s\nLogTypes: [Acme.Audit]\n"
                    + "Mappings: [{Name: user, Path: user}]\n";

    @Test
    void badRulesDoNotKeepTheOthersOut() {
        RulePack pack =
                RulePack.load(
                        Map.of(
                                "rules/a/good.yml",
                                Rules.YAML.formatted("Good"),
                                "rules/a/rule.py",
                                "def rule(event): return True",
                                "rules/a/README.md",
                                "text",
                                "rules/b/again.yml",
                                Rules.YAML.formatted("Good"),
                                "rules/b/rule.py",
                                "",
                                "rules/c/alone.yml",
                                Rules.YAML.formatted("Alone"),
                                "rules/d/broken.yml",
                                "AnalysisType: [",
                                "rules/d/unknown.yml",
                                Rules.YAML.formatted("U") + "Foo: 1\n"));

        assertThat(pack.rules())
                .containsExactly(
                        new RuleSource(
                                "rules/a/good.yml",
                                Rules.YAML.formatted("Good"),
                                "def rule(event): return True"));
        assertThat(pack.problems())
                .extracting(RuleProblem::toString)
                .satisfiesExactly(
                        again ->
                                assertThat(again)
                                        .isEqualTo(
                                                "rules/b/again.yml:2: RuleID Good is already that of"
                                                        + " rules/a/good.yml"),
                        alone ->
                                assertThat(alone)
                                        .isEqualTo(
                                                "rules/c/alone.yml:3: Filename: there is no file"
                                                        + " rules/c/rule.py"),
                        broken -> assertThat(broken).startsWith("rules/d/broken.yml:"),
                        unknown ->
                                assertThat(unknown)
                                        .startsWith("rules/d/unknown.yml:6: unknown key Foo"));
    }

    @Test
    void aReaderThatKnowsThePackReadsItAsIfForTheFirstTime() {
        var reader = new RulePackReader();
        var files = new TreeMap<String, String>();
        files.put("rules/a/good.yml", Rules.YAML.formatted("Good"));
        files.put("rules/a/rule.py", "def rule(event): return True");
        files.put("rules/c/other.yml", Rules.YAML.formatted("Other"));
        files.put("rules/c/rule.py", "def rule(event): return False");
        files.put("rules/d/model.yml", MODEL.formatted("Model"));
        files.put(
                "rules/d/pack.yml", "AnalysisType: pack\nPackID: P\nPackDefinition: {IDs: [Good]}");
        files.put("rules/d/policy.yml", "AnalysisType: policy\nPolicyID: Policy\n");
        files.put("rules/d/query.yml", "AnalysisType: saved_query\nQueryName: Q\nQuery: SELECT 1");
        files.put("rules/d/derived.yml", "AnalysisType: rule\nRuleID: D\nBaseDetection: Other\n");
        files.put("rules/d/global.yml", "AnalysisType: global\nGlobalID: g\nFilename: g.py\n");
        files.put("rules/d/g.py", "");
        List<Runnable> changes =
                List.of(
                        () -> {},
                        () -> files.put("rules/a/rule.py", "def rule(event): return False"),
                        () -> files.put("rules/c/other.yml", Rules.YAML.formatted("Good")),
                        () -> files.put("rules/b/first.yml", Rules.YAML.formatted("Other")),
                        () -> files.put("rules/b/rule.py", ""),
                        () -> files.remove("rules/a/rule.py"),
                        () -> files.put("rules/a/rule.py", "def rule(event): return None"),
                        () -> files.put("rules/d/g.py", "x = 1"),
                        () -> files.put("rules/c/model.yml", MODEL.formatted("Model.First")),
                        () -> files.remove("rules/c/model.yml"),
                        () -> files.remove("rules/a/good.yml"),
                        () -> files.put("rules/c/other.yml", "AnalysisType: ["));
        for (Runnable change : changes) {
            change.run();
            assertThat(reader.read(files)).isEqualTo(RulePack.load(files));
            assertThat(reader.read(files)).isEqualTo(RulePack.load(files));
        }
    }

    @Test
    void aRuleFindsNoPythonOutsideItsPack() {
        RulePack pack =
                RulePack.load(
                        Map.of(
                                "rules/r.yml",
                                Rules.YAML
                                        .formatted("Climbs")
                                        .replace(
                                                "Filename: rule.py",
                                                "Filename: ../../../etc/passwd")));

        assertThat(pack.rules()).isEmpty();
        assertThat(pack.problems())
                .singleElement()
                .asString()
                .contains("Filename: there is no file rules/../../../etc/passwd");
    }
}
