package dev.caracal.localaws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What there is when local AWS starts, as a JSON file says it. What is missing is created; what is
 * there already, from an earlier run, is left as it is, but for notification rules, which are put
 * anew where they differ.
 *
 * <pre>{@code
 * {
 *   "sqs": {"account": "999999999999", "region": "us-east-1",
 *           "queues": [{"name": "notifications", "attributes": {"VisibilityTimeout": "60"}}]},
 *   "alwaysConfirmSubscriptions": false,
 *   "accounts": [
 *     {"id": "111111111111",
 *      "accessKeys": [{"id": "AKIA…", "secret": "…"}],
 *      "roles": [{"name": "LogProcessingRole", "trusts": ["999999999999"], "externalId": "…",
 *                 "maxSessionSeconds": 3600,
 *                 "grants": [{"bucket": "logs", "prefixes": ["AWSLogs/"], "access": "read",
 *                             "notifications": true}],
 *                 "topics": ["managed-logs"]}],
 *      "topics": [{"name": "log-notifications", "region": "eu-west-1", "subscribers": ["999999999999"],
 *                  "subscriptions": [{"protocol": "sqs", "by": "999999999999",
 *                                     "endpoint": "arn:aws:sqs:us-east-1:999999999999:notifications",
 *                                     "attributes": {"RawMessageDelivery": "true"}}]}],
 *      "buckets": [{"name": "logs", "region": "eu-west-1", "versioned": false,
 *                   "notifications": [{"id": "new-logs", "prefix": "AWSLogs/", "suffix": ".gz",
 *                                      "destination": "arn:aws:sns:eu-west-1:111111111111:log-notifications"}]}]}
 *   ]
 * }
 * }</pre>
 *
 * @param sqs the one account and region that queues can be in
 * @param alwaysConfirmSubscriptions whether a queue must confirm also within its own account
 */
public record LocalAwsConfig(
        @Nullable Sqs sqs, boolean alwaysConfirmSubscriptions, List<Account> accounts) {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final String DEFAULT_REGION = "us-east-1";
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    public LocalAwsConfig {
        accounts = listOf(accounts);
        Set<String> keys = new HashSet<>();
        accounts.stream()
                .flatMap(account -> account.accessKeys().stream())
                .forEach(
                        key ->
                                check(
                                        keys.add(key.id()),
                                        "access key " + key.id() + " is there twice"));
    }

    /** The account and region of the queues, and the queues. */
    public record Sqs(String account, String region, List<Queue> queues) {
        public Sqs {
            checkAccount(account);
            region = orElse(region, DEFAULT_REGION);
            queues = listOf(queues);
        }
    }

    /** A queue with SQS attributes, such as VisibilityTimeout (seconds) or RedrivePolicy (JSON). */
    public record Queue(String name, Map<String, String> attributes) {
        public Queue {
            required(name, "a queue's name");
            attributes = mapOf(attributes);
        }
    }

    /** An AWS account and what it owns. */
    public record Account(
            String id,
            List<AccessKey> accessKeys,
            List<Role> roles,
            List<Bucket> buckets,
            List<Topic> topics) {
        public Account {
            checkAccount(id);
            accessKeys = listOf(accessKeys);
            roles = listOf(roles);
            buckets = listOf(buckets);
            topics = listOf(topics);
        }
    }

    /** A long-lived access key. */
    public record AccessKey(String id, String secret) {
        public AccessKey {
            required(id, "an access key's id");
            required(secret, "the secret of access key " + id);
        }

        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /**
     * A role, who may assume it and what it grants; maxSessionSeconds is 3600 by default, topics
     * are the names of those that it may set up.
     */
    public record Role(
            String name,
            List<String> trusts,
            @Nullable String externalId,
            @Nullable Integer maxSessionSeconds,
            List<Grant> grants,
            List<String> topics) {
        public Role {
            required(name, "a role's name");
            trusts = listOf(trusts);
            trusts.forEach(LocalAwsConfig::checkAccount);
            grants = listOf(grants);
            topics = listOf(topics);
        }

        @Override
        public String toString() {
            return "Role[" + name + "]";
        }
    }

    /**
     * The right to a bucket; access is {@code read}, the default, or {@code read-write};
     * notifications whether the bucket's notification rules may be put.
     */
    public record Grant(
            String bucket, List<String> prefixes, String access, boolean notifications) {
        public Grant {
            required(bucket, "a grant's bucket");
            prefixes = listOf(prefixes);
            access = orElse(access, "read");
            check(
                    access.equals("read") || access.equals("read-write"),
                    "access is '" + access + "', 'read' or 'read-write' expected");
        }
    }

    /** A bucket; region is us-east-1 by default. */
    public record Bucket(
            String name, String region, boolean versioned, List<Notification> notifications) {
        public Bucket {
            required(name, "a bucket's name");
            region = orElse(region, DEFAULT_REGION);
            notifications = listOf(notifications);
        }
    }

    /** A notification rule; events are {@code s3:ObjectCreated:*} by default. */
    public record Notification(
            String id, String destination, List<String> events, String prefix, String suffix) {
        public Notification {
            required(destination, "a notification's destination");
            id = orElse(id, "notification");
            List<String> given = listOf(events);
            events = given.isEmpty() ? List.of("s3:ObjectCreated:*") : given;
            prefix = orElse(prefix, "");
            suffix = orElse(suffix, "");
        }
    }

    /** A topic; region is us-east-1 by default, subscribers are accounts that may subscribe. */
    public record Topic(
            String name,
            String region,
            List<String> subscribers,
            List<TopicSubscription> subscriptions) {
        public Topic {
            required(name, "a topic's name");
            region = orElse(region, DEFAULT_REGION);
            subscribers = listOf(subscribers);
            subscriptions = listOf(subscriptions);
        }
    }

    /** A subscription; {@code by} is the account that asks for it, the topic's own by default. */
    public record TopicSubscription(
            String protocol, String endpoint, @Nullable String by, Map<String, String> attributes) {
        public TopicSubscription {
            required(protocol, "a subscription's protocol");
            required(endpoint, "a subscription's endpoint");
            attributes = mapOf(attributes);
        }
    }

    /** A configuration in which there is nothing. */
    public static LocalAwsConfig empty() {
        return new LocalAwsConfig(null, false, List.of());
    }

    /** Reads a configuration file; see {@link #parse}. */
    public static LocalAwsConfig read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e);
        }
    }

    /**
     * Reads a configuration.
     *
     * @param where what errors name as its place
     * @throws IllegalArgumentException with place, line and what is wrong
     */
    public static LocalAwsConfig parse(String json, String where) {
        try {
            return JSON.readValue(json, LocalAwsConfig.class);
        } catch (JsonProcessingException e) {
            Throwable cause =
                    e instanceof JsonMappingException && e.getCause() != null ? e.getCause() : e;
            String reason =
                    cause instanceof JsonProcessingException problem
                            ? problem.getOriginalMessage()
                            : cause.getMessage();
            String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(where + line + ": " + reason);
        }
    }

    private static <T> List<T> listOf(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    private static Map<String, String> mapOf(@Nullable Map<String, String> given) {
        return given == null ? Map.of() : Map.copyOf(given);
    }

    private static String orElse(@Nullable String given, String other) {
        return given == null ? other : given;
    }

    private static void required(@Nullable String value, String what) {
        check(value != null && !value.isEmpty(), what + " is missing");
    }

    private static void checkAccount(@Nullable String id) {
        check(
                id != null && ACCOUNT.matcher(id).matches(),
                "account is '" + id + "', 12 digits expected");
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
