package dev.caracal.connectors.dynamodb;

import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A DynamoDB table that holds under each key a string set, a counter and a dictionary, until the
 * item expires.
 *
 * <p>The partition key is {@code key}; the attributes are {@code stringSet}, {@code intCount},
 * {@code dictionary} and {@code expiresAt}, seconds since the epoch, which is to be the table's TTL
 * attribute. DynamoDB deletes expired items days later
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html); here they count as
 * absent at once.
 *
 * <p>Every change is one UpdateItem, so that it is atomic. One that the SDK repeats, because the
 * answer did not come, may happen twice. Methods throw {@link
 * software.amazon.awssdk.core.exception.SdkException}.
 */
public final class KeyValueTable implements AutoCloseable {

    private static final String LIVING = "(attribute_not_exists(expiresAt) OR expiresAt > :now)";
    private static final String PRESENT = "attribute_exists(#key) AND " + LIVING;

    /** Each further one needs somebody else who writes the same key with an expiry that is past. */
    private static final int MAX_ATTEMPTS = 5;

    /** To connect, and to get credentials. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final DynamoDbClient client;
    private final AwsClients clients;
    private final Clock clock;

    /**
     * @param timeout of a call with all its attempts
     */
    public KeyValueTable(String name, Duration timeout, AwsSettings aws) {
        this(name, timeout, aws, Clock.systemUTC());
    }

    KeyValueTable(String name, Duration timeout, AwsSettings aws, Clock clock) {
        this.name = name;
        this.clients = new AwsClients(aws);
        this.client = clients.dynamoDb(timeout);
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    /** Connects with more patience than a call has, and fails if the table cannot be read. */
    public void probe() {
        client.getItem(
                request(" ").toBuilder()
                        .overrideConfiguration(
                                call ->
                                        call.apiCallTimeout(PROBE_TIMEOUT)
                                                .apiCallAttemptTimeout(PROBE_TIMEOUT))
                        .build());
    }

    public KeyValueItem get(String key) {
        Map<String, AttributeValue> attributes = client.getItem(request(key)).item();
        AttributeValue expiry = attributes.get("expiresAt");
        boolean expired =
                expiry != null && Long.parseLong(expiry.n()) <= clock.instant().getEpochSecond();
        return expired ? KeyValueItem.NONE : KeyValueItem.of(attributes);
    }

    private GetItemRequest request(String key) {
        return GetItemRequest.builder()
                .tableName(name)
                .key(keyOf(key))
                .consistentRead(true)
                .build();
    }

    public KeyValueItem putStrings(String key, Set<String> values, long expiresAt) {
        // DynamoDB has no empty sets.
        if (values.isEmpty()) {
            return update(
                    key,
                    "SET expiresAt = :expiry REMOVE stringSet",
                    Map.of(":expiry", number(expiresAt)));
        }
        return update(
                key,
                "SET stringSet = :values, expiresAt = :expiry",
                Map.of(":values", set(values), ":expiry", number(expiresAt)));
    }

    public KeyValueItem addStrings(String key, Set<String> values, long expiresAt) {
        if (values.isEmpty()) {
            return update(key, "SET expiresAt = :expiry", Map.of(":expiry", number(expiresAt)));
        }
        return update(
                key,
                "ADD stringSet :values SET expiresAt = :expiry",
                Map.of(":values", set(values), ":expiry", number(expiresAt)));
    }

    public KeyValueItem removeStrings(String key, Set<String> values) {
        if (values.isEmpty()) {
            return get(key);
        }
        return updateIfPresent(key, "DELETE stringSet :values", Map.of(":values", set(values)));
    }

    /**
     * @param expiresAt of an item that is not there yet; another one keeps its own
     */
    public KeyValueItem incrementCounter(String key, long amount, long expiresAt) {
        return update(
                key,
                "ADD intCount :amount SET expiresAt = if_not_exists(expiresAt, :expiry)",
                Map.of(":amount", number(amount), ":expiry", number(expiresAt)));
    }

    public KeyValueItem putDictionary(String key, String json, long expiresAt) {
        return update(
                key,
                "SET dictionary = :json, expiresAt = :expiry",
                Map.of(":json", AttributeValue.fromS(json), ":expiry", number(expiresAt)));
    }

    /** Does nothing if there is no item. */
    public KeyValueItem expire(String key, long expiresAt) {
        return updateIfPresent(
                key, "SET expiresAt = :expiry", Map.of(":expiry", number(expiresAt)));
    }

    public void remove(String key) {
        client.deleteItem(request -> request.tableName(name).key(keyOf(key)));
    }

    private KeyValueItem update(String key, String expression, Map<String, AttributeValue> values) {
        UpdateItemRequest request = request(key, expression, LIVING, values).build();
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return KeyValueItem.of(client.updateItem(request).attributes());
            } catch (ConditionalCheckFailedException e) {
                removeExpired(key);
            }
        }
        return KeyValueItem.of(client.updateItem(request).attributes());
    }

    private KeyValueItem updateIfPresent(
            String key, String expression, Map<String, AttributeValue> values) {
        UpdateItemRequest request =
                request(key, expression, PRESENT, values)
                        .expressionAttributeNames(Map.of("#key", "key"))
                        .build();
        try {
            return KeyValueItem.of(client.updateItem(request).attributes());
        } catch (ConditionalCheckFailedException e) {
            return KeyValueItem.NONE;
        }
    }

    private UpdateItemRequest.Builder request(
            String key, String expression, String condition, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        all.put(":now", now());
        return UpdateItemRequest.builder()
                .tableName(name)
                .key(keyOf(key))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeValues(all)
                .returnValues(ReturnValue.ALL_NEW);
    }

    private void removeExpired(String key) {
        try {
            client.deleteItem(
                    request ->
                            request.tableName(name)
                                    .key(keyOf(key))
                                    .conditionExpression("expiresAt <= :now")
                                    .expressionAttributeValues(Map.of(":now", now())));
        } catch (ConditionalCheckFailedException e) {
            // Somebody else has removed it, and written the next one.
        }
    }

    private static Map<String, AttributeValue> keyOf(String key) {
        return Map.of("key", AttributeValue.fromS(key));
    }

    private static AttributeValue set(Set<String> values) {
        return AttributeValue.builder().ss(values).build();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private AttributeValue now() {
        return number(clock.instant().getEpochSecond());
    }

    @Override
    public void close() {
        clients.close();
    }
}
