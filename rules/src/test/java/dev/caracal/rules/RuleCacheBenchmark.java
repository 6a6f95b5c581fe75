package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;

import dev.caracal.parsers.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Prints what one call of a rule cache takes: of the store alone, and from a rule in Python, less
 * what a rule takes that asks nothing. The store holds 100,000 entries, and every call names
 * another one. To be run by its main method, with the class path of the tests.
 */
final class RuleCacheBenchmark {

    private static final int ENTRIES = 100_000;
    private static final long CALLS = 100_000;
    private static final long EVENTS = 2_000;
    private static final int ROUNDS = 3;
    private static final long EXPIRY = 4_000_000_000L;

    private RuleCacheBenchmark() {}

    public static void main(String[] args) throws IOException, RuleException {
        Path folder = Files.createTempDirectory("rule-cache");
        try (RuleCache embedded = EmbeddedRuleCache.open(folder);
                RuleCache inMemory = new InMemoryRuleCache()) {
            store("in memory", inMemory);
            store("embedded", embedded);
            python("in memory", inMemory);
            python("embedded", embedded);
        }
        System.out.printf(
                Locale.ROOT,
                "file after it all: %.1f MB%n",
                Files.size(folder.resolve("rule-cache-1.mv")) / 1e6);
    }

    private static void store(String name, RuleCache cache) {
        Set<String> strings = Set.of("192.0.2.1", "198.51.100.7", "203.0.113.9");
        for (int entry = 0; entry < ENTRIES; entry++) {
            cache.putStrings(key(entry), strings, EXPIRY);
        }
        print(name + ", strings", nanos(CALLS, call -> cache.strings(key(call))));
        print(
                name + ", putStrings",
                nanos(CALLS, call -> cache.putStrings(key(call), strings, EXPIRY)));
        print(
                name + ", incrementCounter",
                nanos(CALLS, call -> cache.incrementCounter(key(call), 1, EXPIRY)));
    }

    private static String key(long call) {
        // Steps of a prime length, so that neighbours in time are none in the file.
        return "some-rule:arn:aws:iam::111122223333:user/" + call * 7919 % ENTRIES;
    }

    private static void python(String name, RuleCache cache) throws RuleException {
        // Such a rule runs all the same: the candidate index does not know the time.
        double floor = python(cache, "");
        print(name + ", rule that asks nothing", floor);
        for (String call :
                new String[] {
                    "caching.get_string_set(event['key'])",
                    "caching.put_string_set(event['key'], ['192.0.2.1', '198.51.100.7'])",
                    "caching.increment_counter(event['key'])"
                }) {
            print(name + ", " + call, python(cache, call) - floor);
        }
    }

    private static double python(RuleCache cache, String statement) throws RuleException {
        try (var engine =
                new RuleEngine(
                        RuleEngine.DEFAULT_TIME_LIMIT, RuleEngine.DEFAULT_LOAD_TIME_LIMIT, cache)) {
            engine.put(
                    rule(
                            "Asks",
                            """
                            import time
                            from panther_detection_helpers import caching

                            def rule(event):
                                key = event["key"]
                                %s
                                return time.time() < 0
                            """
                                    .formatted(statement)));
            return nanos(
                    EVENTS,
                    call -> {
                        Event event = event("{\"key\":\"" + key(call) + "\"}");
                        if (!engine.evaluate(event).isEmpty()) {
                            throw new IllegalStateException("the rule failed");
                        }
                    });
        }
    }

    /** Of one call, in the best of some rounds. */
    private static double nanos(long calls, LongConsumer call) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (long number = 0; number < calls; number++) {
                call.accept(number);
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) calls);
        }
        return best;
    }

    private static void print(String what, double nanos) {
        System.out.printf(Locale.ROOT, "%8.1f us  %s%n", nanos / 1000, what);
    }
}
