package dev.caracal.parsers.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes {@code p_row_id}: 32 hex digits from the object's identity, the record's position in it and
 * the event's position in the record.
 *
 * <p>The object's part is 128 bits of SHA-256, made once for an object; the positions are mixed in
 * by a function that has an inverse, so that two events of an object never share an id.
 */
final class RowIds {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest;
    private final byte[] digits = new byte[32];
    private String objectId = "";
    private long high;
    private long low;

    RowIds() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        start("");
    }

    String next(String newObjectId, long recordIndex, int eventIndex) {
        if (!newObjectId.equals(objectId)) {
            start(newObjectId);
        }
        long first = mix(high ^ recordIndex);
        long second = mix(low ^ eventIndex ^ first);
        write(first, 0);
        write(second, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private void start(String newObjectId) {
        objectId = newObjectId;
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(objectId.getBytes(StandardCharsets.UTF_8)));
        high = hash.getLong();
        low = hash.getLong();
    }

    /** The finaliser of MurmurHash3, a bijection on 64 bits. */
    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    private void write(long value, int offset) {
        for (int i = 0; i < 16; i++) {
            digits[offset + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }
}
