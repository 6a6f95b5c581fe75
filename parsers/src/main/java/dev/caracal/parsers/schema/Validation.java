package dev.caracal.parsers.schema;

import java.util.Set;

/**
 * What the text of a field must be; a record with another value is not of this log type.
 *
 * @param allow the only values allowed, all if empty
 * @param deny values not allowed; {@code allow} wins
 */
public record Validation(Set<String> allow, Set<String> deny, Address ip, Address cidr) {

    public static final Validation NONE =
            new Validation(Set.of(), Set.of(), Address.UNCHECKED, Address.UNCHECKED);

    /** Which version of IP an address or range must be of. */
    public enum Address {
        UNCHECKED,
        ANY,
        IPV4,
        IPV6
    }

    public Validation {
        allow = Set.copyOf(allow);
        deny = Set.copyOf(deny);
    }
}
