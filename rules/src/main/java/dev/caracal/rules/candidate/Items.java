package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Set;

/**
 * A Python list, tuple or set; only what the evaluation made itself can be changed.
 *
 * @param texts of a constant that holds only text: the same items, for look-ups; else empty
 */
record Items(Kind kind, List<Object> values, Set<Object> texts) {

    enum Kind {
        LIST,
        TUPLE,

        /** In the order in which its elements came in, which this Python keeps. */
        SET,

        /** A set whose order is Python's to know. */
        UNORDERED_SET,

        /** What a dict's methods give. */
        VIEW
    }

    static Items of(Kind kind, List<Object> values) {
        return new Items(kind, values, Set.of());
    }

    /** A constant of a rule, in which values of many events are looked up. */
    static Items constant(Kind kind, List<Object> values) {
        return new Items(kind, values, texts(values));
    }

    private static Set<Object> texts(List<Object> values) {
        for (Object value : values) {
            if (!(value instanceof String)) {
                return Set.of();
            }
        }
        return Set.copyOf(values);
    }

    static Items list(List<Object> values) {
        return new Items(Kind.LIST, values, Set.of());
    }

    /** The elements of a list of the event, or of a constant, cannot be changed. */
    void append(Object value) {
        try {
            values.add(value);
        } catch (UnsupportedOperationException e) {
            throw Unsure.UNSURE;
        }
    }

    /** Replaces the element at an index, which counts from the end if it is negative. */
    void set(long index, Object value) {
        long at = index < 0 ? index + values.size() : index;
        if (kind != Kind.LIST || at < 0 || at >= values.size()) {
            throw Unsure.UNSURE;
        }
        try {
            values.set((int) at, value);
        } catch (UnsupportedOperationException e) {
            throw Unsure.UNSURE;
        }
    }

    /** Whether it has positions. */
    boolean isSequence() {
        return kind == Kind.LIST || kind == Kind.TUPLE;
    }

    boolean isSet() {
        return kind == Kind.SET || kind == Kind.UNORDERED_SET;
    }

    /** The values where their order is known. */
    List<Object> inOrder() {
        if (kind == Kind.UNORDERED_SET && values.size() > 1) {
            throw Unsure.UNSURE;
        }
        return values;
    }

    boolean contains(Object value) {
        if (value instanceof String && !texts.isEmpty()) {
            return texts.contains(value);
        }
        if (isSet() && !PythonValues.isHashable(value)) {
            throw Unsure.UNSURE;
        }
        for (Object item : values) {
            if (PythonValues.areEqual(item, value)) {
                return true;
            }
        }
        return false;
    }
}
