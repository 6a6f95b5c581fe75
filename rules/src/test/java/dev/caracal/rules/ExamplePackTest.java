package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule pack under the test resources: an example of each feature, with tests of its own. */
@ExtendWith(SharedEngine.class)
@TestInstance(Lifecycle.PER_CLASS)
class ExamplePackTest {

    private static final RulePack PACK = RulePack.load(PackFiles.example());

    private RuleEngine engine;

    @BeforeAll
    void load(RuleEngine shared) {
        engine = shared;
        assertThat(engine.load(PACK.sources()).problems()).isEmpty();
    }

    static List<RuleSource> rules() {
        return PACK.rules();
    }

    @Test
    void filesAreSortedByTheirType() {
        assertThat(PACK.problems()).isEmpty();
        assertThat(PACK.globals()).hasSize(2);
        assertThat(PACK.dataModels()).hasSize(2);
        assertThat(PACK.rules()).hasSize(11);
        assertThat(PACK.notRun())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                AnalysisType.LOOKUP_TABLE, 1,
                                AnalysisType.PACK, 1,
                                AnalysisType.SCHEDULED_QUERY, 1,
                                AnalysisType.CORRELATION_RULE, 1,
                                AnalysisType.POLICY, 1));
        assertThat(PACK.passedOver()).containsExactly("scenario.yml");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRulePassesItsTests(RuleSource source) throws RuleException {
        RuleTestReport report = new RuleTester(engine).test(source);

        assertThat(report.results()).isNotEmpty();
        assertThat(report.problems()).isEmpty();
    }

    private Map<String, Match> matches(String logType, String json) {
        var matches = new HashMap<String, Match>();
        for (Match match : engine.evaluate(event(logType, json))) {
            matches.put(match.ruleId(), match);
        }
        return matches;
    }

    @Test
    void aSimpleDetectionAndItsDerivedRuleFillTheirAlerts() {
        Map<String, Match> matches =
                matches(
                        "Shop.Sales",
                        "{\"kind\":\"sale\",\"item\":\"gin\",\"buyer\":{\"name\":\"tim\",\"age\":9}}");

        Match simple = matches.get("Shop.Simple");
        assertThat(simple)
                .extracting(
                        Match::title,
                        Match::dedup,
                        Match::severity,
                        Match::alertContext,
                        Match::destinations,
                        Match::reports)
                .containsExactly(
                        "tim (9) bought gin, {not a path}",
                        "tim:gin",
                        Severity.HIGH,
                        "{\"what\":\"gin\",\"who\":\"tim\",\"none\":null}",
                        List.of("till"),
                        List.of(new Report("Shop", List.of("1.1"))));
        Match derived = matches.get("Shop.Simple.Derived");
        assertThat(derived)
                .extracting(Match::title, Match::dedup, Match::severity)
                .containsExactly("derived: gin", "tim:gin", Severity.HIGH);
        assertThat(engine.find("Shop.Simple.Derived").orElseThrow())
                .extracting(
                        RuleMetadata::displayName, RuleMetadata::severity, RuleMetadata::logTypes)
                .containsExactly("A simple one", Severity.CRITICAL, List.of("Shop.Sales"));
    }

    @Test
    void aDerivedRuleOverridesItsBaseAndFiltersItsEvents() {
        Map<String, Match> ada = matches("Shop.Sales", "{\"kind\":\"sale\",\"buyer\":\"ada\"}");
        assertThat(ada.get("Shop.Greeting"))
                .extracting(Match::title, Match::severity, Match::threshold)
                .containsExactly("HELLO ADA!", Severity.INFO, 1);
        assertThat(ada.get("Shop.Greeting.Derived"))
                .extracting(Match::title, Match::severity, Match::threshold)
                .containsExactly("ada again", Severity.HIGH, 5);
        assertThat(ada.get("Shop.Filtered").title()).isEqualTo("Python without a title");

        assertThat(matches("Shop.Sales", "{\"kind\":\"sale\",\"buyer\":\"bob\"}"))
                .containsKey("Shop.Greeting")
                .doesNotContainKey("Shop.Greeting.Derived");
    }

    @Test
    void aFilteredRuleDoesNotSeeTheEvent() {
        assertThat(matches("Shop.Sales", "{}").get("Shop.Filtered")).isNull();
        assertThat(matches("Shop.Sales", "{\"kind\":1}").get("Shop.Filtered")).isNull();
    }

    @Test
    void theDataModelOfTheLogTypeIsAsked() {
        Match match =
                matches(
                                "Shop.Sales",
                                "{\"p_log_type\":\"Shop.Sales\",\"buyer\":{\"name\":\"ada\"},\"town\":\"bath\","
                                        + "\"items\":[{\"name\":\"tea\"},{\"name\":\"cake\"}]}")
                        .get("Shop.DataModel");

        assertThat(match)
                .extracting(Match::title, Match::description, Match::runbook)
                .containsExactly(
                        "ada BATH! tea None",
                        "buyer.name client.ip get_place",
                        "the path $.items[*].name of any_item leads to 2 values");
    }

    @Test
    void scheduledRulesRunOnNoEvents() {
        assertThat(engine.find("Shop.ManySales").orElseThrow().scheduledQueries())
                .containsExactly("Sales of the day");
        assertThat(engine.evaluate(event("", "{}"))).isEmpty();
    }

    @Test
    void whatAFunctionGivesAsDestinationsGoesBeforeTheOnesOfTheYaml() throws RuleException {
        String python =
                "def rule(event): return True\ndef destinations(event): return event['to']\n";
        engine.put(Rules.rule("R.To", "OutputIds: [usual]\n", python));

        assertThat(engine.evaluate(event("{\"to\":[\"a\",\"b\"]}")))
                .extracting(Match::destinations)
                .containsExactly(List.of("a", "b"));
        assertThat(engine.evaluate(event("{\"to\":[]}")))
                .extracting(Match::ruleId, Match::destinations)
                .containsExactly(tuple("R.To", List.of()));
        engine.remove("R.To");
    }
}
