package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Globals and data models that change while rules run. */
@ExtendWith(SharedEngine.class)
class HotReplacementTest {

    private static final String RULE =
            "import hot_helper\ndef rule(event): return True\ndef title(event): return hot_helper.name()\n";
    private static final String MODEL =
            """
            AnalysisType: datamodel
            DataModelID: Hot.Model
            LogTypes: [Test.Log]
            Mappings: [{Name: x, Path: %s}]
            """;

    private final RuleEngine engine;
    private final Map<String, String> files = new TreeMap<>();

    HotReplacementTest(RuleEngine engine) {
        this.engine = engine;
        global("hot_base", "NAME = 'first'\n");
        global("hot_helper", "import hot_base\ndef name(): return hot_base.NAME\n");
        files.put("rule.yml", Rules.YAML.formatted("R.Hot"));
        files.put("rule.py", RULE);
    }

    @AfterEach
    void unload() {
        engine.load(List.of());
    }

    private void global(String name, String python) {
        files.put(
                name + ".yml",
                "AnalysisType: global\nGlobalID: " + name + "\nFilename: " + name + ".py\n");
        files.put(name + ".py", python);
    }

    private LoadResult load() {
        RulePack pack = RulePack.load(files);
        assertThat(pack.problems()).isEmpty();
        return engine.load(pack.sources());
    }

    private String title() {
        return engine.evaluate(event("{\"p_log_type\":\"Test.Log\",\"a\":1,\"b\":2}"))
                .get(0)
                .title();
    }

    @Test
    void aChangedGlobalReachesTheRulesThatImportItByWayOfAnother() {
        assertThat(load().problems()).isEmpty();
        assertThat(title()).isEqualTo("first");

        global("hot_base", "NAME = 'second'\n");
        LoadResult result = load();

        assertThat(title()).isEqualTo("second");
        assertThat(result.changedModules()).containsExactlyInAnyOrder("hot_base", "hot_helper");
        assertThat(load().changedModules()).isEmpty();
    }

    @Test
    void aBrokenGlobalLeavesTheOneBeforeInForce() {
        List<RuleSource> before = load().inForce();

        global("hot_base", "NAME = (\n");
        LoadResult result = load();

        assertThat(result.problems()).first().asString().startsWith("hot_base.py:1: SyntaxError(");
        assertThat(title()).isEqualTo("first");
        assertThat(result.inForce()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aGlobalThatIsGoneIsNoLongerImported() {
        load();
        files.remove("hot_base.yml");

        LoadResult result = load();

        assertThat(result.problems()).isNotEmpty();
        assertThat(result.problems().get(0).toString()).contains("ModuleNotFoundError", "hot_base");
    }

    @Test
    void namesOfOtherModulesAreRefused() {
        for (String name : List.of("json", "panther_core", "requests")) {
            global(name, "x = 1\n");
        }

        assertThat(load().problems())
                .extracting(RuleProblem::toString)
                .containsExactlyInAnyOrder(
                        "json.yml: GlobalID json is the name of another module",
                        "panther_core.yml: GlobalID panther_core is the name of another module",
                        "requests.yml: GlobalID requests is the name of another module");
    }

    @Test
    void globalsLiveInTheSandboxToo() {
        global("hot_base", "import os\nNAME = os.listdir('/')\n");

        assertThat(load().problems()).first().asString().startsWith("hot_base.py:2: ");
    }

    @Test
    void aChangedDataModelIsAskedFromThenOn() {
        files.put(
                "rule.py",
                "def rule(event): return True\ndef title(event): return str(event.udm('x'))\n");
        files.put("model.yml", MODEL.formatted("a"));
        load();
        assertThat(title()).isEqualTo("1");

        files.put("model.yml", MODEL.formatted("b"));
        assertThat(load().dataModelsChanged()).isTrue();
        assertThat(title()).isEqualTo("2");

        files.put("model.yml", MODEL.formatted("'b['"));
        assertThat(load().problems()).first().asString().startsWith("model.yml: JSONPathError(");
        assertThat(title()).isEqualTo("2");

        files.remove("model.yml");
        load();
        assertThat(title()).isEqualTo("None");
    }

    @Test
    void onlyWhatChangedIsCompiledAgain() {
        files.put("other.yml", Rules.YAML.formatted("R.Other").replace("rule.py", "other.py"));
        files.put(
                "other.py",
                "import random\nNUMBER = random.random()\n"
                        + "def rule(event): return True\ndef title(event): return str(NUMBER)\n");
        load();
        List<String> before = titles();

        global("hot_base", "NAME = 'second'\n");
        load();

        assertThat(titles()).contains("second").containsAll(before.subList(1, 2));
    }

    private List<String> titles() {
        return engine.evaluate(event("{}")).stream()
                .sorted((a, b) -> a.ruleId().compareTo(b.ruleId()))
                .map(Match::title)
                .toList();
    }
}
