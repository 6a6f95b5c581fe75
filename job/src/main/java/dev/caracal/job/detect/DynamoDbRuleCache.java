package dev.caracal.job.detect;

import dev.caracal.connectors.dynamodb.KeyValueTable;
import dev.caracal.rules.RuleCache;
import dev.caracal.rules.RuleCacheException;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** A rule cache in a DynamoDB table, shared by all who name it. */
final class DynamoDbRuleCache implements RuleCache {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbRuleCache.class);

    private final KeyValueTable table;

    DynamoDbRuleCache(KeyValueTable table) {
        this.table = table;
        try {
            table.probe();
        } catch (SdkException e) {
            LOG.warn(
                    "The rule cache's DynamoDB table {} cannot be read; until it can, rules that"
                            + " ask it fail",
                    table.name(),
                    e);
        }
    }

    @Override
    public Set<String> strings(String key) {
        return ask(() -> table.get(key).strings());
    }

    @Override
    public void putStrings(String key, Set<String> values, long expiryEpochSeconds) {
        ask(() -> table.putStrings(key, values, expiryEpochSeconds));
    }

    @Override
    public Set<String> addStrings(String key, Set<String> values, long expiryEpochSeconds) {
        return ask(() -> table.addStrings(key, values, expiryEpochSeconds).strings());
    }

    @Override
    public Set<String> removeStrings(String key, Set<String> values) {
        return ask(() -> table.removeStrings(key, values).strings());
    }

    @Override
    public long counter(String key) {
        return ask(() -> table.get(key).counter());
    }

    @Override
    public long incrementCounter(String key, long amount, long expiryEpochSeconds) {
        return ask(() -> table.incrementCounter(key, amount, expiryEpochSeconds).counter());
    }

    @Override
    public String dictionary(String key) {
        String json = ask(() -> table.get(key).dictionary());
        return json.isEmpty() ? "{}" : json;
    }

    @Override
    public void putDictionary(String key, String json, long expiryEpochSeconds) {
        ask(() -> table.putDictionary(key, json, expiryEpochSeconds));
    }

    @Override
    public void expire(String key, long expiryEpochSeconds) {
        ask(() -> table.expire(key, expiryEpochSeconds));
    }

    @Override
    public void remove(String key) {
        ask(
                () -> {
                    table.remove(key);
                    return true;
                });
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            throw new RuleCacheException(
                    "The DynamoDB table " + table.name() + " did not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
