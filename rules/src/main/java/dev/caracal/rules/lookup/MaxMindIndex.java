package dev.caracal.rules.lookup;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of a file in MaxMind's format, mapped into memory as it is. The primary key, which such rows
 * do not have, is the network that holds the address.
 */
final class MaxMindIndex implements LookupIndex {

    private static final Logger LOG = LoggerFactory.getLogger(MaxMindIndex.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final Reader reader;
    private final String primaryKey;
    private volatile boolean damaged;

    private MaxMindIndex(String name, Reader reader, String primaryKey) {
        this.name = name;
        this.reader = reader;
        this.primaryKey = primaryKey;
    }

    static MaxMindIndex read(String name, InputStream data, String primaryKey) throws IOException {
        Path file = Files.createTempFile("caracal-lookup-", ".mmdb");
        try {
            Files.copy(data, file, StandardCopyOption.REPLACE_EXISTING);
            Reader reader = new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED);
            return new MaxMindIndex(name, reader, primaryKey);
        } catch (IOException | RuntimeException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public byte @Nullable [] find(String key) {
        IpNumber address = IpNumber.parse(key);
        if (address == null || (!address.v4() && reader.getMetadata().ipVersion() == 4)) {
            return null;
        }
        try {
            DatabaseRecord<Map> found = reader.getRecord(address.toInetAddress(), Map.class);
            return found.data() == null ? null : row(found);
        } catch (IOException e) {
            // A damaged part of the file must not stop the job.
            if (!damaged) {
                damaged = true;
                LOG.error("{} is damaged: {}", name, e.getMessage());
            }
            return null;
        }
    }

    private byte[] row(DatabaseRecord<Map> found) throws IOException {
        Map<Object, Object> row = new LinkedHashMap<>();
        row.put(primaryKey, found.network().toString());
        row.putAll(found.data());
        row.remove(LookupTables.MATCH);
        return JSON.writeValueAsBytes(row);
    }

    @Override
    public long size() {
        return reader.getMetadata().nodeCount();
    }
}
