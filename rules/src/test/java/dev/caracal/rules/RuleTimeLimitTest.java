package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Has an engine of its own, whose limits are short. */
@ExtendWith(SharedEngine.class)
class RuleTimeLimitTest {

    private static final String MATCHES_A = "def rule(event):\n    return event.get('a') == 1\n";

    private static RuleEngine engine;
    private final List<String> put = new ArrayList<>();

    /** The shared engine is asked for so that both hold one Python engine. */
    @BeforeAll
    static void open(RuleEngine shared) throws RuleException {
        engine = new RuleEngine(Duration.ofMillis(150), Duration.ofSeconds(1));
        engine.put(rule("R.WarmUp", MATCHES_A));
        engine.evaluate(event("{\"a\":1}"));
        engine.remove("R.WarmUp");
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @AfterEach
    void removeRules() {
        put.forEach(engine::remove);
    }

    private void put(RuleSource source) throws RuleException {
        put.add(RuleReader.read(source).ruleId());
        engine.put(source);
    }

    private Match onlyMatch(String json) {
        List<Match> matches = engine.evaluate(event(json));
        assertThat(matches).hasSize(1);
        return matches.get(0);
    }

    @Test
    void aRuleThatRunsTooLongIsARuleErrorAndRestsAfterThreeTimes() throws RuleException {
        put(rule("R.First", MATCHES_A));
        put(rule("R.Loop", "def rule(event):\n    while True: pass\n"));
        put(rule("R.Last", MATCHES_A));

        for (int i = 0; i < 3; i++) {
            assertThat(engine.evaluate(event("{\"a\":1}")))
                    .extracting(Match::ruleId, Match::error, Match::dedup)
                    .containsExactly(
                            tuple("R.First", false, "defaultDedupString:R.First"),
                            tuple("R.Loop", true, RuleFailure.TIME_LIMIT),
                            tuple("R.Last", false, "defaultDedupString:R.Last"));
        }
        assertThat(engine.evaluate(event("{\"a\":1}")))
                .extracting(Match::ruleId)
                .containsExactly("R.First", "R.Last");
        assertThat(engine.takeWarnings())
                .containsExactly(
                        new RuleWarning(
                                RuleWarning.Reason.RESTS,
                                "pack/R.Loop.yml",
                                "Rule R.Loop ran too long or took too much memory 3 times in a"
                                        + " row, and rests until it changes"));
        assertThat(engine.takeWarnings()).isEmpty();

        engine.put(rule("R.Loop", MATCHES_A));
        assertThat(engine.evaluate(event("{\"a\":1}"))).hasSize(3);
    }

    @Test
    void aRuleForWhichTheHeapDoesNotSufficeRestsToo() throws RuleException {
        put(rule("R.Greedy", "def rule(event):\n    raise MemoryError()\n"));

        for (int i = 0; i < 3; i++) {
            assertThat(onlyMatch("{}").title()).contains("MemoryError");
        }
        assertThat(engine.evaluate(event("{}"))).isEmpty();
        assertThat(engine.takeWarnings())
                .extracting(RuleWarning::path)
                .containsExactly("pack/R.Greedy.yml");
    }

    @Test
    void aRuleThatCatchesEverythingIsStoppedAllTheSame() throws RuleException {
        put(
                rule(
                        "R.Loop",
                        """
                        def rule(event):
                            while event["a"] == 1:
                                try:
                                    while True: pass
                                except BaseException: pass
                            return True
                        """));

        assertThat(onlyMatch("{\"a\":1}").dedup()).isEqualTo(RuleFailure.TIME_LIMIT);
        assertThat(onlyMatch("{\"a\":2}").error()).isFalse();
    }

    @Test
    void timeOutsThatAreNotInARowAreForgotten() throws RuleException {
        put(rule("R.Loop", "def rule(event):\n    while event['a'] == 1: pass\n    return True\n"));

        for (int i = 0; i < 4; i++) {
            assertThat(onlyMatch("{\"a\":1}").error()).isTrue();
            assertThat(onlyMatch("{\"a\":2}").error()).isFalse();
        }
    }

    @Test
    void aRuleThatSleepsIsARuleError() throws RuleException {
        put(rule("R.Sleep", "import time\ndef rule(event):\n    time.sleep(1000)\n"));

        assertThat(onlyMatch("{}").dedup()).isEqualTo(RuleFailure.TIME_LIMIT);
    }

    @Test
    void aModuleThatNeverEndsIsRefused() {
        assertThatThrownBy(() -> engine.put(rule("R.Hot", "while True: pass\n")))
                .hasMessage(
                        "pack/rule.py: the rule ran longer than the time limit, or took a quarter"
                                + " of the heap");
    }
}
