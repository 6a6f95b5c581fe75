package dev.caracal.rules.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.rules.lookup.LookupSchema.KeyType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Reads the data of a lookup table. */
public final class LookupReader {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_KEY_BYTES = 1 << 16;

    private final String name;
    private final String primaryKey;
    private final LookupSchema schema;
    private final RowFile.Addresses addresses = new RowFile.Addresses();
    private boolean onlyAddresses = true;

    private LookupReader(String name, String primaryKey, LookupSchema schema) {
        this.name = name;
        this.primaryKey = primaryKey;
        this.schema = schema;
    }

    /**
     * Reads to the end of the data; the caller closes it.
     *
     * @param name of the file, which tells the format
     * @param primaryKey the field by which rows are found; a row without it is found by nothing
     * @throws IOException if the data cannot be read or does not fit the schema, naming file and
     *     row
     */
    public static LookupIndex read(
            String name, InputStream data, String primaryKey, LookupSchema schema)
            throws IOException {
        LookupFormat format =
                LookupFormat.of(name)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                name
                                                        + ": expected the name to end in .csv,"
                                                        + " .jsonl or .mmdb, and maybe .gz"));
        InputStream plain = decompressed(data);
        return switch (format) {
            case CSV, JSON_LINES -> {
                LookupReader reader = new LookupReader(name, primaryKey, schema);
                yield reader.read(format, plain);
            }
            case MAXMIND -> MaxMindIndex.read(name, plain, primaryKey);
        };
    }

    private static InputStream decompressed(InputStream data) throws IOException {
        InputStream buffered = new BufferedInputStream(data, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private LookupIndex read(LookupFormat format, InputStream data) throws IOException {
        long number = 0;
        try (RowFile.Writer writer = new RowFile.Writer()) {
            Rows rows = format == LookupFormat.CSV ? new CsvRows(data, schema) : new JsonRows(data);
            for (ObjectNode row = rows.next(); row != null; row = rows.next()) {
                number++;
                add(row, writer);
            }
            if (addresses.size() == 0 && number > 0) {
                throw new IOException("no row has the primary key " + primaryKey);
            }
            return index(writer.map());
        } catch (IOException e) {
            throw new IOException(name + ", after " + number + " rows: " + e.getMessage(), e);
        }
    }

    private void add(ObjectNode row, RowFile.Writer writer) throws IOException {
        row.remove(LookupTables.MATCH);
        byte[] json = JSON.writeValueAsBytes(row);
        JsonNode key = row.path(primaryKey);
        if (!key.isArray()) {
            add(key, json, writer);
            return;
        }
        for (JsonNode element : key) {
            add(element, json, writer);
        }
    }

    private void add(JsonNode key, byte[] row, RowFile.Writer writer) throws IOException {
        if (key.isMissingNode() || key.isNull()) {
            return;
        }
        if (!key.isTextual() && !key.isNumber()) {
            throw new IOException(primaryKey + " is " + key + ", expected text or a number");
        }
        String text = key.asText();
        if (schema.keyType() != KeyType.TEXT && onlyAddresses && IpPrefix.parse(text) == null) {
            onlyAddresses = false;
            requireNoAddresses(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_KEY_BYTES) {
            throw new IOException(primaryKey + " has more than " + MAX_KEY_BYTES + " bytes");
        }
        addresses.add(writer.add(bytes, row));
    }

    private void requireNoAddresses(String key) throws IOException {
        if (schema.keyType() == KeyType.ADDRESS) {
            throw new IOException(
                    primaryKey
                            + " is '"
                            + key
                            + "', expected an IP address or a range such as 10.0.0.0/8");
        }
    }

    private LookupIndex index(RowFile rows) throws IOException {
        return schema.keyType() != KeyType.TEXT && onlyAddresses && addresses.size() > 0
                ? new AddressIndex(rows, addresses)
                : new TextIndex(rows, addresses);
    }
}
