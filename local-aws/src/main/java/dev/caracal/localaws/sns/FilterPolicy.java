package dev.caracal.localaws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.localaws.http.AwsError;
import java.util.Map;

/**
 * Which messages a subscription wants: for every key of the policy, one of the key's conditions
 * must hold. A condition is a value to equal, or {@code prefix}, {@code suffix}, {@code
 * equals-ignore-case}, {@code anything-but}, {@code numeric} or {@code exists}. {@code $or}, {@code
 * cidr} and {@code wildcard} are refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html">Amazon
 *     SNS subscription filter policies</a>
 */
final class FilterPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the policy looks at; the names are AWS's own. */
    enum Scope {
        MessageAttributes,
        MessageBody
    }

    private final JsonNode policy;
    private final Scope scope;

    private FilterPolicy(JsonNode policy, Scope scope) {
        this.policy = policy;
        this.scope = scope;
    }

    /**
     * Reads a policy.
     *
     * @throws AwsError InvalidParameter where it is not a policy
     */
    static FilterPolicy parse(String text, Scope scope) {
        JsonNode policy;
        try {
            policy = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("failed to parse JSON");
        }
        if (!policy.isObject()) {
            throw invalid("Filter policy must be a JSON object");
        }
        check(policy, scope);
        return new FilterPolicy(policy, scope);
    }

    boolean accepts(Publication publication, String body) {
        return switch (scope) {
            case MessageAttributes -> matches(policy, attributes(publication.attributes()));
            case MessageBody -> acceptsBody(body);
        };
    }

    private boolean acceptsBody(String body) {
        try {
            JsonNode message = JSON.readTree(body);
            return message.isObject() && matches(policy, message);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean matches(JsonNode policy, JsonNode message) {
        return policy.properties().stream()
                .allMatch(entry -> holds(entry.getValue(), message.path(entry.getKey())));
    }

    private static boolean holds(JsonNode expected, JsonNode value) {
        if (expected.isArray()) {
            for (JsonNode condition : expected) {
                if (FilterCondition.holds(condition, value)) {
                    return true;
                }
            }
            return false;
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (holds(expected, element)) {
                    return true;
                }
            }
            return false;
        }
        return matches(expected, value.isObject() ? value : MissingNode.getInstance());
    }

    private static JsonNode attributes(Map<String, Publication.Attribute> attributes) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, attribute) -> message.set(name, value(attribute)));
        return message;
    }

    private static JsonNode value(Publication.Attribute attribute) {
        String text = attribute.value();
        try {
            return switch (attribute.type()) {
                case "String.Array" -> JSON.readTree(text);
                case "Number" ->
                        JsonNodeFactory.instance.numberNode(new java.math.BigDecimal(text));
                default -> JsonNodeFactory.instance.textNode(text);
            };
        } catch (JsonProcessingException | NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static void check(JsonNode policy, Scope scope) {
        policy.properties().forEach(entry -> check(entry.getKey(), entry.getValue(), scope));
    }

    private static void check(String key, JsonNode expected, Scope scope) {
        if (key.equals("$or")) {
            throw invalid("$or is not known here");
        }
        if (expected.isObject() && scope == Scope.MessageBody) {
            check(expected, scope);
            return;
        }
        if (!expected.isArray() || expected.isEmpty()) {
            throw invalid("\"" + key + "\" must be a non-empty array of conditions");
        }
        for (JsonNode condition : expected) {
            FilterCondition.check(key, condition);
        }
    }

    static AwsError invalid(String reason) {
        return new AwsError(400, "InvalidParameter", "Invalid parameter: FilterPolicy: " + reason);
    }
}
