package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedEngine.class)
class RuleMemoryTest {

    /** Enough for two looks at the one rule. */
    private static final int EVENTS = 2 * MemoryWatch.EVERY + 1;

    private static RuleEngine engine;

    @BeforeAll
    static void open(RuleEngine shared) {
        engine = new RuleEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static List<Match> evaluateAll() {
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            matches.addAll(engine.evaluate(event("{\"n\":" + i + "}")));
        }
        return matches;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kept = []\ndef keep(n): kept.append(TEXT + str(n))",
                "kept = {}\ndef keep(n): kept[n] = {'texts': [TEXT + str(n)]}",
                "def keep(n, kept=set()): kept.add(TEXT + str(n))",
                "class Kept:\n    texts = []\ndef keep(n): Kept.texts.append(TEXT + str(n))",
                """
                from collections import defaultdict
                class Kept:
                    def __init__(self): self.texts = defaultdict(list)
                kept = Kept()
                def keep(n): kept.texts['a'].append(TEXT + str(n))""",
                """
                from functools import lru_cache
                @lru_cache(maxsize=None)
                def cached(n): return n
                def keep(n):
                    for i in range(100): cached(n * 100 + i)""",
            })
    void aRuleThatKeepsMoreAndMoreIsNamedAndLoadedAfresh(String keep) throws RuleException {
        engine.load(
                List.of(
                        rule(
                                "R.Keeps",
                                "TEXT = 'x' * 20000\n"
                                        + keep
                                        + "\nfirst = []\ndef rule(event):\n    keep(event['n'])\n"
                                        + "    first.append(1)\n    return len(first) == 1\n")));

        List<Match> matches = evaluateAll();

        assertThat(matches).filteredOn(Match::error).isEmpty();
        assertThat(engine.takeWarnings())
                .isNotEmpty()
                .allSatisfy(
                        warning -> {
                            assertThat(warning.reason()).isEqualTo(RuleWarning.Reason.HOLDS_MEMORY);
                            assertThat(warning.path()).isEqualTo("pack/R.Keeps.yml");
                            assertThat(warning.text())
                                    .startsWith("Rule R.Keeps held on to more and more");
                        });
        // It matches once in the life of its module.
        assertThat(matches).filteredOn(match -> !match.error()).hasSizeGreaterThan(1);
    }

    @Test
    void aLargeTableThatDoesNotGrowIsAllRight() throws RuleException {
        engine.load(
                List.of(
                        rule(
                                "R.Table",
                                "table = {str(i): 'x' * 1000 for i in range(20000)}\n"
                                        + "last = []\n"
                                        + "def rule(event):\n"
                                        + "    last[:] = [event['n']]\n"
                                        + "    return str(event['n']) not in table\n")));

        evaluateAll();

        assertThat(engine.takeWarnings()).isEmpty();
    }
}
