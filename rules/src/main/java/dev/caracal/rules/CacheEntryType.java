package dev.caracal.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How an entry stands in a cache file: a byte for the format, expiry and counter, then the
 * dictionary and the strings in UTF-8 with their lengths.
 */
final class CacheEntryType extends BasicDataType<CacheEntry> {

    static final CacheEntryType INSTANCE = new CacheEntryType();

    private static final byte FORMAT = 1;
    private static final int OBJECT_BYTES = 60;

    private CacheEntryType() {}

    /** An estimate of the bytes in memory. */
    @Override
    public int getMemory(CacheEntry entry) {
        int memory = 3 * OBJECT_BYTES + entry.dictionary().length();
        for (String string : entry.strings()) {
            memory += OBJECT_BYTES + string.length();
        }
        return memory;
    }

    @Override
    public void write(WriteBuffer buffer, CacheEntry entry) {
        buffer.put(FORMAT).putLong(entry.expiryEpochSeconds()).putLong(entry.counter());
        write(buffer, entry.dictionary());
        buffer.putVarInt(entry.strings().size());
        entry.strings().forEach(string -> write(buffer, string));
    }

    private static void write(WriteBuffer buffer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putVarInt(bytes.length).put(bytes);
    }

    @Override
    public CacheEntry read(ByteBuffer buffer) {
        byte format = buffer.get();
        if (format != FORMAT) {
            throw DataUtils.newMVStoreException(
                    DataUtils.ERROR_UNSUPPORTED_FORMAT,
                    "An entry has format {0}, expected {1}",
                    format,
                    FORMAT);
        }
        long expiry = buffer.getLong();
        long counter = buffer.getLong();
        String dictionary = readText(buffer);
        int count = DataUtils.readVarInt(buffer);
        Set<String> strings = new HashSet<>();
        for (int index = 0; index < count; index++) {
            strings.add(readText(buffer));
        }
        return new CacheEntry(strings, counter, dictionary, expiry);
    }

    private static String readText(ByteBuffer buffer) {
        byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public CacheEntry[] createStorage(int size) {
        return new CacheEntry[size];
    }
}
