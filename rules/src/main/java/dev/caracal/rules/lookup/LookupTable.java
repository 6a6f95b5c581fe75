package dev.caracal.rules.lookup;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A lookup table as its YAML defines it: which data, by which key, and for which fields of which
 * log types.
 *
 * @param path of the YAML file
 * @param schema name of the schema of the data; empty if none is named
 * @param primaryKey the field of the data by which rows are found
 * @param selectorsByLogType the fields of events that are looked up
 */
public record LookupTable(
        String name,
        String path,
        boolean enabled,
        String schema,
        String primaryKey,
        Map<String, List<Selector>> selectorsByLogType,
        LookupData data) {

    public LookupTable {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(schema, "schema is null");
        Objects.requireNonNull(primaryKey, "primaryKey is null");
        selectorsByLogType = Map.copyOf(selectorsByLogType);
        Objects.requireNonNull(data, "data is null");
    }
}
