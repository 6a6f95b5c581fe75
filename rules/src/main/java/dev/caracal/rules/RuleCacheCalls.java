package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.function.Supplier;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * A rule cache as caching.py calls it: operation, key, argument in JSON and expiry in epoch
 * seconds; the result is JSON, or an exclamation mark and what went wrong.
 */
final class RuleCacheCalls implements ProxyExecutable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Set<String>> STRINGS = new TypeReference<>() {};

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
                    arguments[2].asString(),
                    arguments[3].asLong());
        } catch (RuleCacheException e) {
            return "!" + e.getMessage();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("caching.py wrote no JSON", e);
        }
    }

    private String call(String operation, String key, String argument, long expiry)
            throws JsonProcessingException {
        return switch (operation) {
            case "get_strings" -> json(cache.strings(key));
            case "put_strings" -> {
                cache.putStrings(key, JSON.readValue(argument, STRINGS), expiry);
                yield "null";
            }
            case "add_strings" ->
                    json(cache.addStrings(key, JSON.readValue(argument, STRINGS), expiry));
            case "remove_strings" ->
                    json(cache.removeStrings(key, JSON.readValue(argument, STRINGS)));
            case "get_counter" -> json(cache.counter(key));
            case "increment_counter" ->
                    json(cache.incrementCounter(key, Long.parseLong(argument), expiry));
            case "get_dictionary" -> cache.dictionary(key);
            case "put_dictionary" -> {
                cache.putDictionary(key, argument, expiry);
                yield "null";
            }
            case "expire" -> {
                cache.expire(key, expiry);
                yield "null";
            }
            case "reset" -> {
                cache.remove(key);
                yield "null";
            }
            default -> throw new IllegalStateException("caching.py asked for " + operation);
        };
    }

    private static String json(Object value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }
}
