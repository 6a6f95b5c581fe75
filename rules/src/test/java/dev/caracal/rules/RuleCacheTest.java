package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleCacheTest {

    private Instant now = Instant.ofEpochSecond(1000);
    private final RuleCache cache =
            new InMemoryRuleCache(
                    new Clock() {
                        @Override
                        public Instant instant() {
                            return now;
                        }

                        @Override
                        public ZoneId getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(ZoneId zone) {
                            return this;
                        }
                    });

    @Test
    void anEntryIsForgottenAtItsExpiry() {
        cache.putStrings("s", Set.of("a"), 1010);
        cache.putDictionary("d", "{\"x\":1}", 1020);
        now = Instant.ofEpochSecond(1009);
        assertThat(cache.strings("s")).containsExactly("a");

        now = Instant.ofEpochSecond(1010);
        assertThat(cache.strings("s")).isEmpty();
        assertThat(cache.dictionary("d")).isEqualTo("{\"x\":1}");
        assertThat(cache.addStrings("s", Set.of("b"), 1030)).containsExactly("b");
    }

    @Test
    void aCounterKeepsItsFirstExpiryUnlessItIsGivenAnother() {
        assertThat(cache.incrementCounter("c", 1, 1010)).isEqualTo(1);
        assertThat(cache.incrementCounter("c", 2, 2000)).isEqualTo(3);
        cache.expire("c", 1005);
        cache.expire("none", 1005);
        now = Instant.ofEpochSecond(1005);

        assertThat(cache.counter("c")).isZero();
        assertThat(cache.incrementCounter("c", 1, 1010)).isEqualTo(1);
    }

    @Test
    void setsAreCopiesAndShrink() {
        cache.putStrings("s", Set.of("a", "b"), 2000);
        Set<String> before = cache.strings("s");
        assertThat(cache.removeStrings("s", Set.of("a"))).containsExactly("b");

        assertThat(before).containsExactlyInAnyOrder("a", "b");
        cache.remove("s");
        assertThat(cache.strings("s")).isEmpty();
        assertThat(cache.dictionary("s")).isEqualTo("{}");
    }
}
