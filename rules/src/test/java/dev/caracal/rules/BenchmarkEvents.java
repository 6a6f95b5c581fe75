package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.parsers.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Events made from the logs of rules' tests, with values redrawn among them. */
final class BenchmarkEvents {

    /** What accounts mostly do, and rules seldom ask for. */
    private static final List<String> COMMON =
            List.of(
                    "ec2.amazonaws.com DescribeInstances",
                    "ec2.amazonaws.com DescribeVolumes",
                    "ec2.amazonaws.com DescribeSecurityGroups",
                    "ec2.amazonaws.com DescribeNetworkInterfaces",
                    "ec2.amazonaws.com DescribeTags",
                    "s3.amazonaws.com ListBuckets",
                    "s3.amazonaws.com GetBucketLocation",
                    "s3.amazonaws.com HeadObject",
                    "kms.amazonaws.com Decrypt",
                    "kms.amazonaws.com GenerateDataKey",
                    "kms.amazonaws.com DescribeKey",
                    "logs.amazonaws.com DescribeLogGroups",
                    "logs.amazonaws.com CreateLogStream",
                    "monitoring.amazonaws.com DescribeAlarms",
                    "iam.amazonaws.com GetRole",
                    "iam.amazonaws.com ListRoles",
                    "sts.amazonaws.com GetCallerIdentity",
                    "lambda.amazonaws.com ListFunctions20150331",
                    "dynamodb.amazonaws.com DescribeTable",
                    "ecs.amazonaws.com DescribeTasks",
                    "elasticloadbalancing.amazonaws.com DescribeTargetHealth",
                    "autoscaling.amazonaws.com DescribeAutoScalingGroups",
                    "cloudformation.amazonaws.com DescribeStacks",
                    "ssm.amazonaws.com UpdateInstanceInformation");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String logType;
    private final List<ObjectNode> logs = new ArrayList<>();
    private final Map<String, List<JsonNode>> valuesByPath = new TreeMap<>();
    private final List<String> quiet;
    private final Random random;

    /**
     * @param python all that the rules say, to tell which event names they know
     */
    BenchmarkEvents(String logType, List<RuleMetadata> rules, String python, long seed) {
        this.logType = logType;
        random = new Random(seed);
        for (RuleMetadata rule : rules) {
            for (RuleTest test : rule.tests()) {
                ObjectNode log = read(test.log());
                String own = log.path("p_log_type").asText(rule.logTypes().get(0));
                if (own.equals(logType)) {
                    logs.add(log);
                    collect("", log);
                }
            }
        }
        quiet = COMMON.stream().filter(name -> !python.contains(name.split(" ")[1])).toList();
    }

    /** Whether the log names no other log type as its own, which no event does. */
    static boolean canBe(String logType, String log) {
        return read(log).path("p_log_type").asText(logType).equals(logType);
    }

    /** How many logs there are. */
    int size() {
        return logs.size();
    }

    /** Each from one log, with one value in five drawn anew from those at the same path. */
    List<Event> redrawn(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(i, redraw("", pick(logs), 0.2)));
        }
        return events;
    }

    /** The same, where the share of events has a name that no rule knows. */
    List<Event> realistic(int count, double unknownShare) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode log = (ObjectNode) redraw("", pick(logs), 0.2);
            if (random.nextDouble() < unknownShare) {
                String[] name = pick(quiet).split(" ");
                log.put("eventSource", name[0]).put("eventName", name[1]);
            }
            events.add(event(i, log));
        }
        return events;
    }

    /** With the core fields that each event has. */
    private Event event(int number, JsonNode log) {
        ((ObjectNode) log)
                .put("p_log_type", logType)
                .put("p_row_id", "row-" + number)
                .put("p_event_time", "2026-01-02 03:04:05.678901")
                .put("p_parse_time", "2026-01-02 03:05:05.000000")
                .put("p_source_label", "benchmark")
                .putArray("p_any_ip_addresses")
                .add("203.0.113." + number % 256);
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(log);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return new Event(logType, "row-" + number, 1000, 2000, "", json);
    }

    private void collect(String path, JsonNode value) {
        if (value.isObject()) {
            value.fields().forEachRemaining(e -> collect(path + "/" + e.getKey(), e.getValue()));
        } else if (value.isArray()) {
            value.forEach(element -> collect(path + "/*", element));
        } else {
            valuesByPath.computeIfAbsent(path, key -> new ArrayList<>()).add(value);
        }
    }

    private JsonNode redraw(String path, JsonNode value, double share) {
        if (value.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            value.fields()
                    .forEachRemaining(
                            e ->
                                    object.set(
                                            e.getKey(),
                                            redraw(path + "/" + e.getKey(), e.getValue(), share)));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            value.forEach(element -> array.add(redraw(path + "/*", element, share)));
            return array;
        }
        return random.nextDouble() < share ? pick(valuesByPath.get(path)) : value;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static ObjectNode read(String log) {
        try {
            return (ObjectNode) JSON.readTree(log);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
