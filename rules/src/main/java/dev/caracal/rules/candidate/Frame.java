package dev.caracal.rules.candidate;

import org.jspecify.annotations.Nullable;

/** A call under way: its local variables, and what it may return. */
final class Frame {

    /** Beyond it, calls within each other, Python goes on. */
    private static final int MAX_DEPTH = 20;

    private final @Nullable Object[] locals;
    private final int depth;
    private final Evaluation evaluation;
    private @Nullable Object possible;

    private Frame(@Nullable Object[] locals, int depth, Evaluation evaluation) {
        this.locals = locals;
        this.depth = depth;
        this.evaluation = evaluation;
    }

    /** The frame of a first call. */
    Frame(int size, Evaluation evaluation) {
        this(new @Nullable Object[size], 0, evaluation);
    }

    /** The frame of a call from this one. */
    Frame call(int size) {
        if (depth == MAX_DEPTH) {
            throw Unsure.UNSURE;
        }
        return new Frame(new @Nullable Object[size], depth + 1, evaluation);
    }

    /** A frame with the same variables, to try what might be executed. */
    Frame copy() {
        return new Frame(locals.clone(), depth, evaluation);
    }

    /** From here on, what is evaluated may not be what Python evaluates: a test is not known. */
    void doubt() {
        evaluation.doubt();
    }

    /** To be called before a value is changed, or an exception caught. */
    void requireCertainty() {
        evaluation.requireCertainty();
    }

    void step() {
        evaluation.step();
    }

    Evaluation evaluation() {
        return evaluation;
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
