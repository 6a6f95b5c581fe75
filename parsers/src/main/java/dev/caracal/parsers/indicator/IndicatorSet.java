package dev.caracal.parsers.indicator;

import dev.caracal.parsers.json.JsonOutput;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The indicators found in one event. Kept as bytes in arrays that are used again. */
public final class IndicatorSet {

    private static final Map<Indicator, byte[]> KEYS = new EnumMap<>(Indicator.class);

    static {
        for (Indicator kind : Indicator.values()) {
            KEYS.put(kind, JsonOutput.encodeKey(kind.fieldName()));
        }
    }

    private final IndicatorPool pool = new IndicatorPool();
    private final Map<Indicator, SortedSlices> found = new EnumMap<>(Indicator.class);
    private boolean empty = true;

    public IndicatorSet() {
        for (Indicator kind : Indicator.values()) {
            found.put(kind, new SortedSlices(pool));
        }
    }

    public void clear() {
        if (empty) {
            return;
        }
        pool.clear();
        for (SortedSlices slices : found.values()) {
            slices.clear();
        }
        empty = true;
    }

    /** Adds a value unless it is empty. */
    public void add(Indicator kind, byte[] bytes, int offset, int length) {
        if (length > 0) {
            slices(kind).add(bytes, offset, length);
            empty = false;
        }
    }

    /** Writes one member for each kind found: the distinct values, sorted by their UTF-8 bytes. */
    public void write(JsonOutput out) {
        if (empty) {
            return;
        }
        for (Map.Entry<Indicator, byte[]> key : KEYS.entrySet()) {
            SortedSlices slices = slices(key.getKey());
            if (!slices.isEmpty()) {
                out.key(key.getValue());
                slices.write(out);
            }
        }
    }

    private SortedSlices slices(Indicator kind) {
        return Objects.requireNonNull(found.get(kind));
    }
}
