package dev.caracal.localaws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.localaws.http.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The access policy of a topic, read as far as other accounts need it: {@code Allow} statements
 * with AWS principals and actions. {@code Deny} and conditions are not evaluated: a statement with
 * either allows nothing.
 */
final class TopicPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicPolicy() {}

    /**
     * The policy that lets buckets publish, which they may here anyway, and accounts subscribe and
     * see whether that worked.
     */
    static String subscribers(String topicArn, List<String> accounts) {
        var policy = JSON.createObjectNode().put("Version", "2012-10-17");
        var statements = policy.putArray("Statement");
        var buckets = statements.addObject().put("Effect", "Allow");
        buckets.putObject("Principal").put("Service", "s3.amazonaws.com");
        buckets.put("Action", "sns:Publish").put("Resource", topicArn);
        var subscribers = statements.addObject().put("Effect", "Allow");
        var principals = subscribers.putObject("Principal").putArray("AWS");
        accounts.forEach(account -> principals.add("arn:aws:iam::" + account + ":root"));
        var actions = subscribers.putArray("Action");
        List.of("sns:Subscribe", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic")
                .forEach(actions::add);
        subscribers.put("Resource", topicArn);
        return policy.toString();
    }

    static void check(String policy) {
        if (!read(policy).path("Statement").isContainerNode()) {
            throw new AwsError(
                    400, "InvalidParameter", "Invalid parameter: Policy Error: no Statement");
        }
    }

    static boolean allows(String policy, String account, String action) {
        for (JsonNode statement : elements(read(policy).path("Statement"))) {
            if (statement.path("Effect").asText().equals("Allow")
                    && !statement.has("Condition")
                    && names(statement.path("Action"), action)
                    && admits(statement.path("Principal"), account)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(JsonNode actions, String action) {
        return elements(actions).stream()
                .map(name -> name.asText().toLowerCase(Locale.ROOT))
                .anyMatch(
                        name ->
                                name.equals("*")
                                        || name.equals("sns:*")
                                        || name.equals("sns:" + action.toLowerCase(Locale.ROOT)));
    }

    private static boolean admits(JsonNode principal, String account) {
        JsonNode accounts = principal.isObject() ? principal.path("AWS") : principal;
        return elements(accounts).stream()
                .map(JsonNode::asText)
                .anyMatch(
                        name ->
                                name.equals("*")
                                        || name.equals(account)
                                        || name.equals("arn:aws:iam::" + account + ":root"));
    }

    private static List<JsonNode> elements(JsonNode oneOrMany) {
        if (!oneOrMany.isArray()) {
            return oneOrMany.isMissingNode() ? List.of() : List.of(oneOrMany);
        }
        List<JsonNode> elements = new ArrayList<>();
        oneOrMany.forEach(elements::add);
        return elements;
    }

    private static JsonNode read(String policy) {
        try {
            return JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new AwsError(
                    400, "InvalidParameter", "Invalid parameter: Policy Error: not JSON");
        }
    }
}
