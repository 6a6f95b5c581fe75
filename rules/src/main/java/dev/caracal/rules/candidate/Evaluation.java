package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule's evaluation on one event: its steps, the rule's variables, and what it writes to the
 * rule cache.
 *
 * <p>Writes are held back until all is certain: else Python runs the rule from the start, and
 * writes itself.
 */
final class Evaluation {

    /** Beyond it, Python goes on. */
    private static final int MAX_STEPS = 10_000;

    private static final Set<String> READS = Set.of("get_strings", "get_counter", "get_dictionary");
    private static final Set<String> WRITES =
            Set.of("put_strings", "put_dictionary", "expire", "reset");

    private record Write(String operation, String key, Object argument, long expiry) {}

    private final @Nullable CacheCalls cache;
    private final List<Write> writes = new ArrayList<>(0);
    private @Nullable Map<String, Object> variables;
    private int steps;
    private boolean doubt;
    private boolean hasMissedCache;

    /**
     * @param cache null if nothing may be asked of it
     */
    Evaluation(@Nullable CacheCalls cache) {
        this.cache = cache;
    }

    void step() {
        if (++steps > MAX_STEPS) {
            throw Unsure.UNSURE;
        }
    }

    void doubt() {
        doubt = true;
    }

    boolean isCertain() {
        return !doubt;
    }

    void requireCertainty() {
        if (doubt) {
            throw Unsure.UNSURE;
        }
    }

    /** A global name that the rule sets before anything reads it. */
    Object variable(String name) {
        Object value = variables == null ? null : variables.get(name);
        if (value == null) {
            throw Unsure.UNSURE;
        }
        return value;
    }

    void setVariable(String name, Object value) {
        requireCertainty();
        if (variables == null) {
            variables = new HashMap<>();
        }
        variables.put(name, value);
    }

    /** What caching.py asks of the rule cache. */
    Object callCache(List<Object> arguments) {
        requireCertainty();
        hasMissedCache = cache == null;
        if (cache == null
                || arguments.size() != 4
                || !(arguments.get(0) instanceof String operation)
                || !(arguments.get(1) instanceof String key)
                || !(arguments.get(3) instanceof Long expiry)) {
            throw Unsure.UNSURE;
        }
        Object argument = plain(arguments.get(2));
        if (WRITES.contains(operation)) {
            writes.add(new Write(operation, key, argument, expiry));
            return "";
        }
        if (!READS.contains(operation) || !writes.isEmpty()) {
            throw Unsure.UNSURE;
        }
        return value(ask(cache, new Write(operation, key, argument, expiry)));
    }

    /** Whether it came to where it would have asked the cache, and there was none. */
    boolean hasMissedCache() {
        return hasMissedCache;
    }

    /** Lets the cache have what was written. */
    void commit() {
        for (Write write : writes) {
            if (cache != null) {
                ask(cache, write);
            }
        }
        writes.clear();
    }

    private static Object ask(CacheCalls cache, Write call) {
        try {
            return cache.call(call.operation(), call.key(), call.argument(), call.expiry());
        } catch (RuntimeException e) {
            throw Unsure.UNSURE;
        }
    }

    private static Object plain(Object argument) {
        if (argument instanceof String || argument instanceof Long) {
            return argument;
        }
        if (argument instanceof Items items
                && items.values().stream().allMatch(String.class::isInstance)) {
            return Set.copyOf(items.values());
        }
        throw Unsure.UNSURE;
    }

    private static Object value(Object answer) {
        return answer instanceof Set<?> texts
                ? Items.of(Items.Kind.SET, List.copyOf(texts))
                : answer;
    }
}
