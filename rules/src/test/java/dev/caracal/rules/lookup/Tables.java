package dev.caracal.rules.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caracal.rules.lookup.LookupSchema.KeyType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lookup tables for tests, in one line each. */
final class Tables {

    private Tables() {}

    static LookupIndex index(String name, String primaryKey, LookupSchema schema, String data)
            throws IOException {
        return LookupReader.read(
                name, new ByteArrayInputStream(data.getBytes(UTF_8)), primaryKey, schema);
    }

    /** A CSV file without a schema, by its first column. */
    static LookupIndex csv(String data) throws IOException {
        String key = data.substring(0, data.indexOf(data.contains(",") ? ',' : '\n'));
        return index("data.csv", key, LookupSchema.NONE, data);
    }

    static LookupSchema schema(KeyType keyType) {
        return new LookupSchema(keyType, Map.of());
    }

    /** A table of Test.Log with selectors, as names separated by dots. */
    static LookupTables.Loaded table(String name, LookupIndex index, String... selectors) {
        List<Selector> all =
                Arrays.stream(selectors)
                        .map(text -> new Selector(text, List.of(text.split("\\.|(?=\\[)"))))
                        .toList();
        return new LookupTables.Loaded(
                new LookupTable(
                        name,
                        "lookup_tables/" + name + ".yml",
                        true,
                        "",
                        "key",
                        Map.of("Test.Log", all),
                        new LookupData.Elsewhere("a test")),
                index);
    }

    static @Nullable String text(byte @Nullable [] json) {
        return json == null ? null : new String(json, UTF_8);
    }
}
