package dev.caracal.connectors.lake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/**
 * Sizes the bloom filters of a file's indicator columns: each is made for as many values as the
 * column holds, and an empty column has none. Parquet would make one for each column, of one size.
 */
final class IndicatorFilters {

    private static final String PREFIX = "p_any_";

    private final Map<String, Set<Integer>> hashes = new HashMap<>();

    /** The columns of a table that have such filters. */
    static Schema columns(Schema schema) {
        return schema.select(
                schema.columns().stream()
                        .filter(IndicatorFilters::isIndicator)
                        .map(Types.NestedField::name)
                        .toList());
    }

    private static boolean isIndicator(Types.NestedField field) {
        return field.name().startsWith(PREFIX) && field.type().isListType();
    }

    /**
     * @param row of {@link #columns}
     */
    void add(Record row) {
        for (Types.NestedField field : row.struct().fields()) {
            if (row.getField(field.name()) instanceof List<?> values && !values.isEmpty()) {
                Set<Integer> seen = hashes.computeIfAbsent(field.name(), name -> new HashSet<>());
                values.forEach(value -> seen.add(String.valueOf(value).hashCode()));
            }
        }
    }

    /** What the file is to be written with. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        hashes.forEach(
                (name, seen) -> {
                    String column = name + ".element";
                    properties.put(
                            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + column,
                            "true");
                    properties.put(
                            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX + column,
                            String.valueOf(seen.size()));
                });
        return properties;
    }
}
