package dev.caracal.rules;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * A rule cache as caching.py calls it: operation, key, argument and expiry in epoch seconds. String
 * sets pass as lists, counters as numbers, dictionaries as JSON; an exclamation mark and what went
 * wrong stand for a failure.
 */
final class RuleCacheCalls implements ProxyExecutable {

    private static final String DONE = "";

    private RuleCache cache;

    RuleCacheCalls(RuleCache cache) {
        this.cache = cache;
    }

    /** Has another cache in place of this one while it calls. */
    <T> T with(RuleCache other, Supplier<T> calls) {
        RuleCache before = cache;
        cache = other;
        try {
            return calls.get();
        } finally {
            cache = before;
        }
    }

    @Override
    public Object execute(Value... arguments) {
        try {
            return call(
                    arguments[0].asString(),
                    arguments[1].asString(),
                    arguments[2],
                    arguments[3].asLong());
        } catch (RuleCacheException e) {
            return "!" + e.getMessage();
        }
    }

    private Object call(String operation, String key, Value argument, long expiry) {
        return switch (operation) {
            case "get_strings" -> list(cache.strings(key));
            case "put_strings" -> {
                cache.putStrings(key, strings(argument), expiry);
                yield DONE;
            }
            case "add_strings" -> list(cache.addStrings(key, strings(argument), expiry));
            case "remove_strings" -> list(cache.removeStrings(key, strings(argument)));
            case "get_counter" -> cache.counter(key);
            case "increment_counter" -> cache.incrementCounter(key, argument.asLong(), expiry);
            case "get_dictionary" -> cache.dictionary(key);
            case "put_dictionary" -> {
                cache.putDictionary(key, argument.asString(), expiry);
                yield DONE;
            }
            case "expire" -> {
                cache.expire(key, expiry);
                yield DONE;
            }
            case "reset" -> {
                cache.remove(key);
                yield DONE;
            }
            default -> throw new IllegalStateException("caching.py asked for " + operation);
        };
    }

    private static Set<String> strings(Value list) {
        Set<String> strings = new HashSet<>();
        for (long index = 0; index < list.getArraySize(); index++) {
            strings.add(list.getArrayElement(index).asString());
        }
        return strings;
    }

    private static ProxyArray list(Set<String> strings) {
        return ProxyArray.fromArray(strings.toArray());
    }
}
