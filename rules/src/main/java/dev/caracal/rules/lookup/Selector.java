package dev.caracal.rules.lookup;

import java.util.List;
import java.util.Objects;

/**
 * A field of an event whose value, or whose values if it is a list, are looked up.
 *
 * @param name by which rules find the rows in {@code p_enrichment}
 * @param path names of fields from the outside in, and {@link #EACH} for every element of a list
 */
public record Selector(String name, List<String> path) {

    public static final String EACH = "[*]";

    public Selector {
        Objects.requireNonNull(name, "name is null");
        path = List.copyOf(path);
        if (path.isEmpty() || path.get(0).equals(EACH)) {
            throw new IllegalArgumentException("selector " + name + " does not begin with a name");
        }
    }
}
