package dev.caracal.connectors.s3;

import java.util.Arrays;

/** Gathers consecutive records of an object for the next {@link RecordBatch}. */
final class BatchBuilder {

    private static final int INITIAL_BYTES = 8 * 1024;
    private static final int INITIAL_RECORDS = 64;

    /** What a record takes besides its bytes: its entry in {@link RecordBatch#ends}. */
    private static final int END_BYTES = 4;

    private final int batchBytes;
    private byte[] data = new byte[INITIAL_BYTES];
    private int[] ends = new int[INITIAL_RECORDS];
    private int size;
    private int length;

    BatchBuilder(int batchBytes) {
        this.batchBytes = batchBytes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Whether a record of this length goes into the batch, or must wait for the next. */
    boolean fits(int recordLength) {
        return (long) length + recordLength + (size + 1L) * END_BYTES <= batchBytes;
    }

    /** The record must fit. */
    void add(byte[] buffer, int offset, int recordLength) {
        if (length + recordLength > data.length) {
            int wanted = Math.max(length + recordLength, 2 * data.length);
            data = Arrays.copyOf(data, Math.min(wanted, batchBytes));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        System.arraycopy(buffer, offset, data, length, recordLength);
        length += recordLength;
        ends[size++] = length;
    }

    byte[] data() {
        return Arrays.copyOf(data, length);
    }

    int[] ends() {
        return Arrays.copyOf(ends, size);
    }

    void clear() {
        size = 0;
        length = 0;
    }
}
