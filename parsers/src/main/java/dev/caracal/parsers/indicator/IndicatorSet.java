package dev.caracal.parsers.indicator;

import dev.caracal.parsers.json.JsonOutput;
import java.util.Arrays;

/** The indicators found in one event. Kept as bytes in arrays that are used again. */
public final class IndicatorSet {

    private static final Indicator[] KINDS = Indicator.values();
    private static final byte[][] KEYS = new byte[KINDS.length][];

    static {
        for (Indicator kind : KINDS) {
            KEYS[kind.ordinal()] = JsonOutput.encodeKey(kind.fieldName());
        }
    }

    private final SortedSlices[] found = new SortedSlices[KINDS.length];
    private final IndicatorPool pool = new IndicatorPool();

    public IndicatorSet() {
        Arrays.setAll(found, i -> new SortedSlices(pool));
    }

    public void clear() {
        pool.clear();
        for (SortedSlices slices : found) {
            slices.clear();
        }
    }

    /** Adds a value unless it is empty. */
    public void add(Indicator kind, byte[] bytes, int offset, int length) {
        if (length > 0) {
            found[kind.ordinal()].add(bytes, offset, length);
        }
    }

    /** Writes one member for each kind found: the distinct values, sorted by their UTF-8 bytes. */
    public void write(JsonOutput out) {
        for (int i = 0; i < found.length; i++) {
            if (found[i].isEmpty()) {
                continue;
            }
            out.key(KEYS[i]);
            found[i].write(out);
        }
    }
}
