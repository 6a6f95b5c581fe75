package dev.caracal.rules.candidate;

import org.jspecify.annotations.Nullable;

/** A call under way: its local variables, and what it may return. */
final class Frame {

    /** Beyond these, calls within each other and steps of loops, Python goes on. */
    private static final int MAX_DEPTH = 20;

    private static final int MAX_STEPS = 10_000;

    private static final class Budget {
        private int steps;
        private boolean doubt;
    }

    private final @Nullable Object[] locals;
    private final int depth;
    private final Budget budget;
    private @Nullable Object possible;

    private Frame(@Nullable Object[] locals, int depth, Budget budget) {
        this.locals = locals;
        this.depth = depth;
        this.budget = budget;
    }

    /** The frame of a first call. */
    Frame(int size) {
        this(new @Nullable Object[size], 0, new Budget());
    }

    /** The frame of a call from this one. */
    Frame call(int size) {
        if (depth == MAX_DEPTH) {
            throw Unsure.UNSURE;
        }
        return new Frame(new @Nullable Object[size], depth + 1, budget);
    }

    /** A frame with the same variables, to try what might be executed. */
    Frame copy() {
        return new Frame(locals.clone(), depth, budget);
    }

    /** From here on, what is evaluated may not be what Python evaluates: a test is not known. */
    void doubt() {
        budget.doubt = true;
    }

    /** To be called before a value is changed, or an exception caught. */
    void requireCertainty() {
        if (budget.doubt) {
            throw Unsure.UNSURE;
        }
    }

    void step() {
        if (++budget.steps > MAX_STEPS) {
            throw Unsure.UNSURE;
        }
    }

    Object get(int slot) {
        Object value = locals[slot];
        if (value == null) {
            throw Unsure.UNSURE;
        }
        return value;
    }

    boolean isBound(int slot) {
        return locals[slot] != null;
    }

    void set(int slot, Object value) {
        locals[slot] = value;
    }

    /** Notes a value that the call returns if a test that is not known turns out so. */
    void mayReturn(Object value) {
        Object before = possible;
        possible = before == null ? value : PythonValues.join(before, value);
    }

    /** The call's value, if it gets to return this one. */
    Object result(Object returned) {
        Object other = possible;
        return other == null ? returned : PythonValues.join(other, returned);
    }
}
