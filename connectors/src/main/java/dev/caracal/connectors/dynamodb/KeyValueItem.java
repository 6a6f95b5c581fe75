package dev.caracal.connectors.dynamodb;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a {@link KeyValueTable} holds under a key.
 *
 * @param dictionary JSON; empty if there is none
 */
public record KeyValueItem(Set<String> strings, long counter, String dictionary) {

    /** Stands for an item that is not there. */
    static final KeyValueItem NONE = new KeyValueItem(Set.of(), 0, "");

    public KeyValueItem {
        strings = Set.copyOf(strings);
        Objects.requireNonNull(dictionary, "dictionary is null");
    }

    static KeyValueItem of(Map<String, AttributeValue> attributes) {
        AttributeValue strings = attributes.get("stringSet");
        AttributeValue counter = attributes.get("intCount");
        AttributeValue dictionary = attributes.get("dictionary");
        return new KeyValueItem(
                strings == null ? Set.of() : Set.copyOf(strings.ss()),
                counter == null ? 0 : Long.parseLong(counter.n()),
                dictionary == null ? "" : dictionary.s());
    }
}
