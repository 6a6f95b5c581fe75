package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every rule cache on this machine does. */
class RuleCacheTest {

    enum Kind {
        IN_MEMORY((folder, clock) -> new InMemoryRuleCache(clock)),
        EMBEDDED(EmbeddedRuleCache::open);

        private final BiFunction<Path, Clock, RuleCache> open;

        Kind(BiFunction<Path, Clock, RuleCache> open) {
            this.open = open;
        }
    }

    @TempDir private Path folder;
    private final MovableClock clock = new MovableClock(1000);

    @ParameterizedTest
    @EnumSource
    void anEntryIsForgottenAtItsExpiry(Kind kind) {
        try (RuleCache cache = kind.open.apply(folder, clock)) {
            cache.putStrings("s", Set.of("a"), 1010);
            cache.putDictionary("d", "{\"x\":1}", 1020);
            clock.set(1009);
            assertThat(cache.strings("s")).containsExactly("a");

            clock.set(1010);
            assertThat(cache.strings("s")).isEmpty();
            assertThat(cache.removeStrings("s", Set.of("b"))).isEmpty();
            assertThat(cache.dictionary("d")).isEqualTo("{\"x\":1}");
            assertThat(cache.addStrings("s", Set.of("b"), 1030)).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCounterKeepsItsFirstExpiryUnlessItIsGivenAnother(Kind kind) {
        try (RuleCache cache = kind.open.apply(folder, clock)) {
            assertThat(cache.incrementCounter("c", 1, 1010)).isEqualTo(1);
            assertThat(cache.incrementCounter("c", 2, 2000)).isEqualTo(3);
            cache.expire("c", 1005);
            cache.expire("none", 1005);
            clock.set(1005);

            assertThat(cache.counter("c")).isZero();
            assertThat(cache.incrementCounter("c", 1, 1010)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void setsAreCopiesAndShrink(Kind kind) {
        try (RuleCache cache = kind.open.apply(folder, clock)) {
            cache.putStrings("s", Set.of("a", "b"), 2000);
            Set<String> before = cache.strings("s");
            assertThat(cache.removeStrings("s", Set.of("a"))).containsExactly("b");

            assertThat(before).containsExactlyInAnyOrder("a", "b");
            cache.remove("s");
            assertThat(cache.strings("s")).isEmpty();
            assertThat(cache.dictionary("s")).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyHoldsOneOfEachKind(Kind kind) {
        try (RuleCache cache = kind.open.apply(folder, clock)) {
            cache.putStrings("k", Set.of("ä", ""), 2000);
            cache.incrementCounter("k", -7, 2000);
            cache.putDictionary("k", "{\"x\":\"ä\"}", 2000);

            assertThat(cache.strings("k")).containsExactlyInAnyOrder("ä", "");
            assertThat(cache.counter("k")).isEqualTo(-7);
            assertThat(cache.dictionary("k")).isEqualTo("{\"x\":\"ä\"}");
        }
    }
}
