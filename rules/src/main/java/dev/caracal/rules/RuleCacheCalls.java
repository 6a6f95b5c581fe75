package dev.caracal.rules;

import dev.caracal.rules.candidate.CacheCalls;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * A rule cache as caching.py calls it: operation, key, argument and expiry in epoch seconds. String
 * sets pass as lists, counters as numbers, dictionaries as JSON; an exclamation mark and what went
 * wrong stand for a failure.
 */
final class RuleCacheCalls implements ProxyExecutable, CacheCalls {

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
            Object answer =
                    call(
                            arguments[0].asString(),
                            arguments[1].asString(),
                            plain(arguments[2]),
                            arguments[3].asLong());
            return answer instanceof Set<?> texts ? ProxyArray.fromArray(texts.toArray()) : answer;
        } catch (RuleCacheException e) {
            return "!" + e.getMessage();
        }
    }

    @Override
    public Object call(String operation, String key, Object argument, long expiry) {
        return switch (operation) {
            case "get_strings" -> new TreeSet<>(cache.strings(key));
            case "put_strings" -> {
                cache.putStrings(key, texts(argument), expiry);
                yield DONE;
            }
            case "add_strings" -> new TreeSet<>(cache.addStrings(key, texts(argument), expiry));
            case "remove_strings" -> new TreeSet<>(cache.removeStrings(key, texts(argument)));
            case "get_counter" -> cache.counter(key);
            case "increment_counter" -> cache.incrementCounter(key, (Long) argument, expiry);
            case "get_dictionary" -> cache.dictionary(key);
            case "put_dictionary" -> {
                cache.putDictionary(key, (String) argument, expiry);
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

    private static Object plain(Value argument) {
        if (argument.isString()) {
            return argument.asString();
        }
        if (argument.isNumber()) {
            return argument.asLong();
        }
        Set<String> texts = new HashSet<>();
        Value elements = argument.getIterator();
        while (elements.hasIteratorNextElement()) {
            texts.add(elements.getIteratorNextElement().asString());
        }
        return texts;
    }

    private static Set<String> texts(Object argument) {
        Set<String> texts = new HashSet<>();
        ((Set<?>) argument).forEach(text -> texts.add((String) text));
        return texts;
    }
}
