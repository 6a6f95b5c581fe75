package dev.caracal.rules.lookup;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a lookup table with their keys, in a temporary file that is mapped into memory: large
 * tables then cost no heap, and what is not asked for no memory at all.
 *
 * <p>A row's address counts steps of 16 bytes, so that an {@code int} reaches 64 GiB; none has
 * address 0. The file has no name once it is mapped; its space is given back when the object is
 * collected.
 */
final class RowFile {

    private static final int STEP = 16;
    private static final long SEGMENT_BYTES = 1L << 30;
    private static final long MAX_BYTES = STEP * (1L << 32);
    private static final int HEADER_BYTES = 2 * Integer.BYTES;

    private final List<MappedByteBuffer> segments;

    private RowFile(List<MappedByteBuffer> segments) {
        this.segments = segments;
    }

    byte[] key(int address) {
        MappedByteBuffer segment = segment(address);
        int at = position(address);
        return bytes(segment, at + HEADER_BYTES, segment.getInt(at));
    }

    byte[] row(int address) {
        MappedByteBuffer segment = segment(address);
        int at = position(address);
        int keyLength = segment.getInt(at);
        return bytes(segment, at + HEADER_BYTES + keyLength, segment.getInt(at + Integer.BYTES));
    }

    boolean hasKey(int address, byte[] key) {
        MappedByteBuffer segment = segment(address);
        int at = position(address);
        return segment.getInt(at) == key.length
                && segment.slice(at + HEADER_BYTES, key.length).equals(ByteBuffer.wrap(key));
    }

    private static byte[] bytes(MappedByteBuffer segment, int at, int length) {
        byte[] bytes = new byte[length];
        segment.get(at, bytes);
        return bytes;
    }

    private MappedByteBuffer segment(int address) {
        return segments.get((int) (offset(address) / SEGMENT_BYTES));
    }

    private static int position(int address) {
        return (int) (offset(address) % SEGMENT_BYTES);
    }

    private static long offset(int address) {
        return (address & 0xffffffffL) * STEP;
    }

    /** Writes the rows, one after the other. */
    static final class Writer implements AutoCloseable {

        private final Path file;
        private final DataOutputStream out;
        private long offset;

        Writer() throws IOException {
            file = Files.createTempFile("caracal-lookup-", ".rows");
            out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
            pad(STEP);
        }

        /** Gives the row's address. */
        int add(byte[] key, byte[] row) throws IOException {
            long length = HEADER_BYTES + (long) key.length + row.length;
            // No row lies across two segments.
            if (offset / SEGMENT_BYTES != (offset + length - 1) / SEGMENT_BYTES) {
                pad(SEGMENT_BYTES - offset % SEGMENT_BYTES);
            }
            if (length > SEGMENT_BYTES || offset + length > MAX_BYTES) {
                throw new IOException("too large for a lookup table: " + (offset + length));
            }
            long start = offset;
            out.writeInt(key.length);
            out.writeInt(row.length);
            out.write(key);
            out.write(row);
            offset += length;
            pad(Math.floorMod(-offset, STEP));
            return (int) (start / STEP);
        }

        private void pad(long bytes) throws IOException {
            byte[] zeros = new byte[(int) Math.min(bytes, 1 << 16)];
            for (long left = bytes; left > 0; left -= zeros.length) {
                out.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
            offset += bytes;
        }

        RowFile map() throws IOException {
            out.flush();
            List<MappedByteBuffer> segments = new ArrayList<>();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (long from = 0; from < offset; from += SEGMENT_BYTES) {
                    long length = Math.min(SEGMENT_BYTES, offset - from);
                    segments.add(channel.map(FileChannel.MapMode.READ_ONLY, from, length));
                }
            }
            return new RowFile(segments);
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(file);
        }
    }

    /** Addresses in the order in which they were added. */
    static final class Addresses {
        private int[] values = new int[1024];
        private int size;

        void add(int address) throws IOException {
            if (size == values.length) {
                if (size > Integer.MAX_VALUE / 2) {
                    throw new IOException("too many rows for a lookup table: " + size);
                }
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = address;
        }

        int get(int index) {
            return values[index];
        }

        int size() {
            return size;
        }
    }
}
