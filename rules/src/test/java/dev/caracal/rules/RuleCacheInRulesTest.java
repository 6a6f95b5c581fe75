package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleCacheInRulesTest {

    private static final String FIRST_TIME =
            """
            from panther_detection_helpers.caching import increment_counter

            def rule(event):
                return increment_counter("k") == 1
            """;

    @Test
    void testsOfRulesNeitherSeeNorLeaveAnything() throws RuleException {
        RuleSource source =
                rule(
                        "First",
                        """
                        Tests:
                          - {Name: one, ExpectedResult: true, Log: {}}
                          - {Name: another, ExpectedResult: true, Log: {}}
                        """,
                        FIRST_TIME);
        try (RuleCache cache = new InMemoryRuleCache();
                RuleEngine engine = engine(cache)) {
            cache.incrementCounter("k", 41, 4_000_000_000L);
            new RuleTester(engine).check(source);

            assertThat(cache.counter("k")).isEqualTo(41);
        }
    }

    @Test
    void aCacheThatFailsIsARuleErrorOfTheRuleThatAsked() throws RuleException {
        try (RuleCache cache = new FailingRuleCache();
                RuleEngine engine = engine(cache)) {
            engine.put(rule("Asks", FIRST_TIME));
            engine.put(rule("AsksNot", "def rule(event): return True\n"));

            assertThat(engine.evaluate(event("{}")))
                    .satisfiesExactlyInAnyOrder(
                            match -> {
                                assertThat(match.ruleId()).isEqualTo("Asks");
                                assertThat(match.error()).isTrue();
                                assertThat(match.toString()).contains("the table is on fire");
                            },
                            match -> assertThat(match.error()).isFalse());
        }
    }

    private static RuleEngine engine(RuleCache cache) {
        return new RuleEngine(
                RuleEngine.DEFAULT_TIME_LIMIT, RuleEngine.DEFAULT_LOAD_TIME_LIMIT, cache);
    }

    private static final class FailingRuleCache extends LocalRuleCache {

        FailingRuleCache() {
            super(Clock.systemUTC());
        }

        @Override
        @Nullable CacheEntry kept(String key) {
            throw failure();
        }

        @Override
        CacheEntry replace(String key, Change change) {
            throw failure();
        }

        private static RuleCacheException failure() {
            return new RuleCacheException("the table is on fire", new IllegalStateException());
        }

        @Override
        public void close() {}
    }
}
