package dev.caracal.parsers.schema;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code validate}. */
final class ValidationReader {

    private ValidationReader() {}

    static Validation text(@Nullable YamlValue value) throws SchemaException {
        if (value == null) {
            return Validation.NONE;
        }
        Map<String, YamlValue> members = value.members("allow", "deny", "ip", "cidr");
        return new Validation(
                values(members.get("allow")),
                values(members.get("deny")),
                address(members.get("ip")),
                address(members.get("cidr")));
    }

    private static Set<String> values(@Nullable YamlValue value) throws SchemaException {
        return value == null ? Set.of() : Set.copyOf(value.strings());
    }

    private static Validation.Address address(@Nullable YamlValue value) throws SchemaException {
        if (value == null) {
            return Validation.Address.UNCHECKED;
        }
        return switch (value.string()) {
            case "any" -> Validation.Address.ANY;
            case "ipv4" -> Validation.Address.IPV4;
            case "ipv6" -> Validation.Address.IPV6;
            default ->
                    throw value.wrong("expected any, ipv4 or ipv6, found '" + value.string() + "'");
        };
    }
}
