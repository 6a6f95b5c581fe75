package dev.caracal.parsers.indicator;

import dev.caracal.parsers.json.JsonOutput;
import java.util.Arrays;

/** Slices of a pool that are written sorted and without repetitions. */
final class SortedSlices {

    /** Up to here repetitions are found when adding; beyond, only sorting finds them. */
    private static final int FEW = 24;

    private static final int MAX_KEPT = 4096;

    private final IndicatorPool pool;
    private int[] offsets = new int[FEW + 1];
    private int[] lengths = new int[FEW + 1];
    private int count;

    SortedSlices(IndicatorPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        if (offsets.length > MAX_KEPT) {
            offsets = new int[FEW + 1];
            lengths = new int[FEW + 1];
        }
        count = 0;
    }

    void add(byte[] bytes, int offset, int length) {
        if (count < FEW) {
            addSorted(bytes, offset, length);
            return;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        offsets[count] = pool.add(bytes, offset, length);
        lengths[count++] = length;
    }

    private void addSorted(byte[] bytes, int offset, int length) {
        int at = count;
        while (at > 0) {
            int comparison =
                    Arrays.compareUnsigned(
                            pool.bytes(),
                            offsets[at - 1],
                            offsets[at - 1] + lengths[at - 1],
                            bytes,
                            offset,
                            offset + length);
            if (comparison == 0) {
                return;
            }
            if (comparison < 0) {
                break;
            }
            at--;
        }
        System.arraycopy(offsets, at, offsets, at + 1, count - at);
        System.arraycopy(lengths, at, lengths, at + 1, count - at);
        offsets[at] = pool.add(bytes, offset, length);
        lengths[at] = length;
        count++;
    }

    void write(JsonOutput out) {
        if (count > FEW) {
            sort();
        }
        out.raw('[');
        for (int i = 0; i < count; i++) {
            if (i > 0 && compare(i - 1, i) == 0) {
                continue;
            }
            out.separate();
            out.string(pool.bytes(), offsets[i], lengths[i]);
        }
        out.raw(']');
    }

    private void sort() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, this::compare);
        int[] sortedOffsets = new int[count];
        int[] sortedLengths = new int[count];
        for (int i = 0; i < count; i++) {
            sortedOffsets[i] = offsets[order[i]];
            sortedLengths[i] = lengths[order[i]];
        }
        offsets = sortedOffsets;
        lengths = sortedLengths;
    }

    private int compare(int first, int second) {
        return Arrays.compareUnsigned(
                pool.bytes(),
                offsets[first],
                offsets[first] + lengths[first],
                pool.bytes(),
                offsets[second],
                offsets[second] + lengths[second]);
    }
}
