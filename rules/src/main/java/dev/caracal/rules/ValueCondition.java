package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A condition that compares a value of an event with another value.
 *
 * <p>Text is never a number: {@code "1"} does not equal 1. Of a value that is missing, or of a kind
 * that the condition does not know, only the negative conditions are true.
 */
enum ValueCondition {
    EQUALS(JsonComparison::equal, "Equals"),
    DOES_NOT_EQUAL(not(JsonComparison::equal), "DoesNotEqual"),
    I_EQUALS(ignoringCase(JsonComparison::equal), "IEquals"),
    DOES_NOT_I_EQUAL(not(ignoringCase(JsonComparison::equal)), "DoesNotIEqual", "IDoesNotEqual"),
    IS_GREATER_THAN(JsonComparison::greater, "IsGreaterThan"),
    IS_GREATER_THAN_OR_EQUALS(
            JsonComparison::greaterOrEqual,
            "IsGreaterThanOrEquals",
            "IsGreaterThanOrEqual",
            "IsGreaterThanOrEqualTo"),
    IS_LESS_THAN(JsonComparison::less, "IsLessThan"),
    IS_LESS_THAN_OR_EQUALS(
            JsonComparison::lessOrEqual,
            "IsLessThanOrEquals",
            "IsLessThanOrEqual",
            "IsLessThanOrEqualTo"),
    CONTAINS(JsonComparison::contains, "Contains"),
    DOES_NOT_CONTAIN(not(JsonComparison::contains), "DoesNotContain"),
    I_CONTAINS(ignoringCase(JsonComparison::contains), "IContains"),
    DOES_NOT_I_CONTAIN(
            not(ignoringCase(JsonComparison::contains)), "DoesNotIContain", "IDoesNotContain"),
    STARTS_WITH(JsonComparison::startsWith, "StartsWith"),
    DOES_NOT_START_WITH(not(JsonComparison::startsWith), "DoesNotStartWith"),
    I_STARTS_WITH(ignoringCase(JsonComparison::startsWith), "IStartsWith"),
    DOES_NOT_I_START_WITH(
            not(ignoringCase(JsonComparison::startsWith)),
            "DoesNotIStartWith",
            "IDoesNotStartWith"),
    ENDS_WITH(JsonComparison::endsWith, "EndsWith"),
    DOES_NOT_END_WITH(not(JsonComparison::endsWith), "DoesNotEndWith"),
    I_ENDS_WITH(ignoringCase(JsonComparison::endsWith), "IEndsWith"),
    DOES_NOT_I_END_WITH(
            not(ignoringCase(JsonComparison::endsWith)), "DoesNotIEndWith", "IDoesNotEndWith"),
    IS_IP_ADDRESS_IN_CIDR(JsonComparison::isInCidr, "IsIPAddressInCIDR"),
    IS_IP_ADDRESS_NOT_IN_CIDR(not(JsonComparison::isInCidr), "IsIPAddressNotInCIDR");

    private final BiPredicate<JsonNode, JsonNode> comparison;
    private final List<String> yamlNames;

    /**
     * @param yamlNames the documented name, then other spellings in use
     */
    ValueCondition(BiPredicate<JsonNode, JsonNode> comparison, String... yamlNames) {
        this.comparison = comparison;
        this.yamlNames = List.of(yamlNames);
    }

    static Optional<ValueCondition> find(String yamlName) {
        return Arrays.stream(values())
                .filter(condition -> condition.yamlNames.contains(yamlName))
                .findFirst();
    }

    String yamlName() {
        return yamlNames.get(0);
    }

    boolean holds(JsonNode found, JsonNode value) {
        return comparison.test(found, value);
    }

    private static BiPredicate<JsonNode, JsonNode> not(BiPredicate<JsonNode, JsonNode> comparison) {
        return comparison.negate();
    }

    private static BiPredicate<JsonNode, JsonNode> ignoringCase(
            BiPredicate<JsonNode, JsonNode> comparison) {
        return (found, value) ->
                comparison.test(JsonComparison.folded(found), JsonComparison.folded(value));
    }
}
