package dev.caracal.rules;

import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedEngine.class)
class RuleTesterTest {

    private static final String TESTS =
            """
            Tests:
              - Name: one
                ExpectedResult: true
                Log: {a: 1}
              - Name: two
                ExpectedResult: false
                Log: {a: 2}
            """;

    private final RuleTester tester;
    private final RuleEngine engine;

    RuleTesterTest(RuleEngine engine) {
        this.engine = engine;
        tester = new RuleTester(engine);
    }

    @Test
    void aRuleWhoseTestsPassIsAccepted() throws RuleException {
        RuleSource source =
                rule(
                        "R.Tested",
                        TESTS,
                        "def rule(event): return event['a'] == 1\n"
                                + "def title(event): return 'one'\n");

        assertThat(tester.check(source).ruleId()).isEqualTo("R.Tested");
        RuleTestResult first = tester.test(source).results().get(0);
        assertThat(first.matched()).isTrue();
        assertThat(first.outputs()).containsEntry("title", "one");
        assertThat(engine.find("R.Tested")).isEmpty();
    }

    @Test
    void eachFailedTestIsNamedWithWhatWasExpected() {
        assertThatThrownBy(
                        () ->
                                tester.check(
                                        rule(
                                                "R.Tested",
                                                TESTS,
                                                "def rule(event): return event['a'] == 2\n")))
                .isInstanceOf(RuleException.class)
                .hasMessage(
                        "pack/R.Tested.yml:7: test 'one': expected true, got false\n"
                                + "pack/R.Tested.yml:10: test 'two': expected false, got true");
    }

    @Test
    void aRuleThatRaisesInATestIsRefused() {
        assertThatThrownBy(
                        () ->
                                tester.check(
                                        rule(
                                                "R.Tested",
                                                TESTS,
                                                "def rule(event): return 1 / (event['a'] - 1) == 2\n")))
                .hasMessage(
                        "pack/R.Tested.yml:7: test 'one': rule() raised"
                                + " ZeroDivisionError('division by zero') at pack/rule.py:1 in rule");
    }

    @Test
    void aFunctionThatRaisesInATestIsRefused() {
        String python =
                "def rule(event): return event['a'] == 1\ndef dedup(event):\n    return event['b']\n";
        assertThatThrownBy(() -> tester.check(rule("R.Tested", TESTS, python)))
                .hasMessage(
                        "pack/R.Tested.yml:7: test 'one': dedup() raised KeyError('b') at pack/rule.py:3"
                                + " in dedup");
    }

    @Test
    void mocksReplaceFunctionsAndConstantsForOneTest() throws RuleException {
        RuleSource source =
                rule(
                        "R.Mocked",
                        """
                        Tests:
                          - Name: mocked
                            ExpectedResult: true
                            Mocks:
                              - {objectName: known, returnValue: [a]}
                              - {objectName: LIMIT, returnValue: 5}
                            Log: {}
                          - Name: as it is
                            ExpectedResult: false
                            Log: {}
                        """,
                        """
                        LIMIT = 1
                        def known(): return []
                        def rule(event): return LIMIT == 5 and known() == ["a"]
                        """);

        assertThat(tester.check(source).tests()).hasSize(2);
    }

    @Test
    void aMockOfWhatIsNotThereFailsTheTest() {
        RuleSource source =
                rule(
                        "R.Mocked",
                        """
                        Tests:
                          - Name: mocked
                            ExpectedResult: true
                            Mocks: [{objectName: nowhere, returnValue: 1}]
                            Log: {}
                        """,
                        "def rule(event): return True\n");

        assertThatThrownBy(() -> tester.check(source))
                .hasMessageContaining("Mocks: the rule has nothing named nowhere");
    }
}
