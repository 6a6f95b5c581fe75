package dev.caracal.job.lookup;

import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.LookupTableReader;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.lookup.LookupSchema;
import dev.caracal.rules.lookup.LookupSchema.ColumnType;
import dev.caracal.rules.lookup.LookupSchema.KeyType;
import dev.caracal.rules.lookup.LookupTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A lookup table as it travels: its definition as written, which version of its data is meant, and
 * what its schema says of it. The data itself does not travel.
 *
 * @param path of the YAML file
 * @param dataTag the tag of the data's file; empty for an S3 object
 * @param keyType name of a {@link KeyType}
 * @param numberColumns columns of a CSV file that hold numbers
 * @param booleanColumns columns of a CSV file that hold true or false
 */
public record LookupTableSource(
        String path,
        String yaml,
        String dataTag,
        String keyType,
        List<String> numberColumns,
        List<String> booleanColumns) {

    public LookupTableSource {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(yaml, "yaml is null");
        Objects.requireNonNull(dataTag, "dataTag is null");
        Objects.requireNonNull(keyType, "keyType is null");
        numberColumns = List.copyOf(numberColumns);
        booleanColumns = List.copyOf(booleanColumns);
    }

    static LookupTableSource of(RuleSource source, String dataTag, LookupSchema schema) {
        return new LookupTableSource(
                source.path(),
                source.yaml(),
                dataTag,
                schema.keyType().name(),
                columns(schema, ColumnType.NUMBER),
                columns(schema, ColumnType.BOOLEAN));
    }

    private static List<String> columns(LookupSchema schema, ColumnType type) {
        return schema.typesByColumn().entrySet().stream()
                .filter(column -> column.getValue() == type)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    LookupSchema schema() {
        Map<String, ColumnType> types = new HashMap<>();
        numberColumns.forEach(column -> types.put(column, ColumnType.NUMBER));
        booleanColumns.forEach(column -> types.put(column, ColumnType.BOOLEAN));
        return new LookupSchema(KeyType.valueOf(keyType), types);
    }

    LookupTable read() throws RuleException {
        return LookupTableReader.read(
                new RuleSource(AnalysisType.LOOKUP_TABLE, path, yaml, "", "", ""));
    }
}
