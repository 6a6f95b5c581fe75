package dev.caracal.localaws.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/** One condition in the array of a filter policy's key. */
final class FilterCondition {
    private static final Map<String, BiPredicate<JsonNode, JsonNode>> KINDS =
            Map.of(
                    "exists", (argument, value) -> argument.asBoolean() == present(value),
                    "prefix", FilterCondition::prefix,
                    "suffix", FilterCondition::suffix,
                    "equals-ignore-case", FilterCondition::equalsIgnoreCase,
                    "anything-but", FilterCondition::anythingBut,
                    "numeric", FilterCondition::numeric);

    private FilterCondition() {}

    static void check(String key, JsonNode condition) {
        if (!condition.isObject()) {
            if (condition.isArray()) {
                throw FilterPolicy.invalid("\"" + key + "\" must not hold an array in an array");
            }
            return;
        }
        if (condition.size() != 1) {
            throw FilterPolicy.invalid("\"" + key + "\" must have one condition in an object");
        }
        var entry = condition.properties().iterator().next();
        if (!KINDS.containsKey(entry.getKey())) {
            throw FilterPolicy.invalid("Unrecognized match type " + entry.getKey());
        }
        JsonNode argument = entry.getValue();
        boolean right =
                switch (entry.getKey()) {
                    case "exists" -> argument.isBoolean();
                    case "numeric" -> comparisons(argument);
                    case "anything-but" ->
                            argument.isValueNode()
                                    || (argument.isArray() && !argument.isEmpty())
                                    || argument.path("prefix").isTextual()
                                    || argument.path("suffix").isTextual();
                    default -> argument.isTextual();
                };
        if (!right) {
            throw FilterPolicy.invalid(
                    "\"" + key + "\": the value of " + entry.getKey() + " is not what it takes");
        }
    }

    private static boolean comparisons(JsonNode argument) {
        if (!argument.isArray() || argument.isEmpty() || argument.size() % 2 != 0) {
            return false;
        }
        for (int i = 0; i < argument.size(); i += 2) {
            if (!argument.get(i).asText().matches("=|<|<=|>|>=")
                    || !argument.get(i + 1).isNumber()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it holds for a value, or for any element where the value is an array. */
    static boolean holds(JsonNode condition, JsonNode value) {
        if (value.isArray() && !condition.has("exists")) {
            for (JsonNode element : value) {
                if (holdsForOne(condition, element)) {
                    return true;
                }
            }
            return false;
        }
        return holdsForOne(condition, value);
    }

    private static boolean holdsForOne(JsonNode condition, JsonNode value) {
        if (!condition.isObject()) {
            return equal(condition, value);
        }
        var entry = condition.properties().iterator().next();
        BiPredicate<JsonNode, JsonNode> kind = KINDS.get(entry.getKey());
        return kind != null && kind.test(entry.getValue(), value);
    }

    private static boolean present(JsonNode value) {
        return !value.isMissingNode() && !(value.isArray() && value.isEmpty());
    }

    private static boolean equal(JsonNode expected, JsonNode value) {
        if (expected.isNumber() && value.isNumber()) {
            return expected.decimalValue().compareTo(value.decimalValue()) == 0;
        }
        return expected.equals(value);
    }

    private static boolean prefix(JsonNode argument, JsonNode value) {
        return value.isTextual() && value.textValue().startsWith(argument.asText());
    }

    private static boolean suffix(JsonNode argument, JsonNode value) {
        return value.isTextual() && value.textValue().endsWith(argument.asText());
    }

    private static boolean equalsIgnoreCase(JsonNode argument, JsonNode value) {
        return value.isTextual()
                && value.textValue()
                        .toLowerCase(Locale.ROOT)
                        .equals(argument.asText().toLowerCase(Locale.ROOT));
    }

    private static boolean anythingBut(JsonNode argument, JsonNode value) {
        if (!present(value)) {
            return false;
        }
        if (argument.isObject()) {
            return argument.has("prefix")
                    ? !prefix(argument.path("prefix"), value)
                    : !suffix(argument.path("suffix"), value);
        }
        if (!argument.isArray()) {
            return !equal(argument, value);
        }
        for (JsonNode excluded : argument) {
            if (equal(excluded, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean numeric(JsonNode argument, JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        for (int i = 0; i < argument.size(); i += 2) {
            int order = number.compareTo(argument.get(i + 1).decimalValue());
            boolean holds =
                    switch (argument.get(i).asText()) {
                        case "<" -> order < 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        case ">=" -> order >= 0;
                        default -> order == 0;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
