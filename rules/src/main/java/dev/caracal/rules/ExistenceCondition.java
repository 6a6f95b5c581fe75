package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** A condition that needs no value to compare with. An absent value counts as null. */
enum ExistenceCondition {
    EXISTS("Exists", value -> !value.isMissingNode()),
    DOES_NOT_EXIST("DoesNotExist", JsonNode::isMissingNode),
    IS_NULL("IsNull", ExistenceCondition::isNull),
    IS_NOT_NULL("IsNotNull", value -> !isNull(value)),
    IS_NULL_OR_EMPTY("IsNullOrEmpty", ExistenceCondition::isNullOrEmpty),
    IS_NOT_NULL_OR_EMPTY("IsNotNullOrEmpty", value -> !isNullOrEmpty(value)),
    IS_IP_ADDRESS("IsIPAddress", value -> address(value).isPresent()),
    IS_NOT_IP_ADDRESS("IsNotIPAddress", value -> address(value).isEmpty()),
    IS_IPV4_ADDRESS("IsIPv4Address", value -> address(value).filter(IpNetwork::isV4).isPresent()),
    IS_IPV6_ADDRESS("IsIPv6Address", value -> address(value).filter(ip -> !ip.isV4()).isPresent()),
    IS_IP_ADDRESS_PUBLIC(
            "IsIPAddressPublic", value -> address(value).filter(ip -> !ip.isPrivate()).isPresent()),
    IS_IP_ADDRESS_PRIVATE(
            "IsIPAddressPrivate", value -> address(value).filter(IpNetwork::isPrivate).isPresent());

    private final String yamlName;
    private final Predicate<JsonNode> condition;

    ExistenceCondition(String yamlName, Predicate<JsonNode> condition) {
        this.yamlName = yamlName;
        this.condition = condition;
    }

    static Optional<ExistenceCondition> find(String yamlName) {
        return Arrays.stream(values())
                .filter(condition -> condition.yamlName.equals(yamlName))
                .findFirst();
    }

    String yamlName() {
        return yamlName;
    }

    boolean holds(JsonNode value) {
        return condition.test(value);
    }

    private static boolean isNull(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean isNullOrEmpty(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().isEmpty();
        }
        return isNull(value) || (value.isContainerNode() && value.isEmpty());
    }

    private static Optional<IpNetwork> address(JsonNode value) {
        return value.isTextual() ? IpNetwork.address(value.textValue()) : Optional.empty();
    }
}
