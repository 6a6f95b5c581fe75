package dev.caracal.rules.lookup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows by equal text: a hash table of addresses, whose keys stay in the row file. */
final class TextIndex implements LookupIndex {

    private static final int MAX_KEYS = 1 << 29;

    private final RowFile rows;

    /** Addresses by hash of the key; 0 where there is none. */
    private final int[] slots;

    private int size;

    /** Of two rows with one key the later counts. */
    TextIndex(RowFile rows, RowFile.Addresses addresses) throws IOException {
        if (addresses.size() > MAX_KEYS) {
            throw new IOException("too many keys for a lookup table: " + addresses.size());
        }
        this.rows = rows;
        // At most three quarters full.
        this.slots = new int[Integer.highestOneBit(addresses.size() / 3 * 4 + 4) * 2];
        for (int i = 0; i < addresses.size(); i++) {
            int slot = slot(rows.key(addresses.get(i)));
            size += slots[slot] == 0 ? 1 : 0;
            slots[slot] = addresses.get(i);
        }
    }

    /** Where the key is, or would be. */
    private int slot(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        int slot = hash >>> Integer.numberOfLeadingZeros(slots.length - 1);
        while (slots[slot] != 0 && !rows.hasKey(slots[slot], key)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    @Override
    public byte @Nullable [] find(String key) {
        int address = slots[slot(key.getBytes(StandardCharsets.UTF_8))];
        return address == 0 ? null : rows.row(address);
    }

    @Override
    public long size() {
        return size;
    }
}
