package dev.caracal.connectors.delivery;

import java.util.Objects;

/**
 * An attribute of an SNS or SQS message.
 *
 * @param dataType {@code String}, or {@code String.Array} with a JSON list as value, which filter
 *     policies of SNS understand
 */
public record MessageAttribute(String name, String dataType, String value) {

    public MessageAttribute {
        Objects.requireNonNull(dataType, "dataType is null");
        if (name.isEmpty() || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "Attribute '" + name + "' is '" + value + "', expected some text");
        }
    }

    public MessageAttribute(String name, String value) {
        this(name, "String", value);
    }
}
