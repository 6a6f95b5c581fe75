package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.List;

/** A comprehension or generator, run by who consumes it. */
record Comprehension(List<Clause> clauses, Expression element) {

    /** {@code for target in iterable if conditions}. */
    record Clause(Statement.Target target, Expression iterable, List<Expression> conditions) {}

    /** Takes values one by one. */
    interface Sink {
        /** False if no more are wanted. */
        boolean take(Object value);
    }

    /** All values, whose order must be known. */
    List<Object> inOrder(Frame frame) {
        List<Object> values = new ArrayList<>();
        run(frame, 0, true, values::add);
        return values;
    }

    /**
     * Hands the values to the sink. Where the order is not known, it goes on to the end even if no
     * more are wanted, so as to meet whatever would raise.
     */
    void inAnyOrder(Frame frame, Sink sink) {
        run(frame, 0, false, sink);
    }

    private boolean run(Frame frame, int depth, boolean ordered, Sink sink) {
        if (depth == clauses.size()) {
            return sink.take(element.evaluate(frame));
        }
        Clause clause = clauses.get(depth);
        Items items = Iteration.values(clause.iterable().evaluate(frame));
        boolean all = true;
        for (Object value : ordered ? items.inOrder() : items.values()) {
            frame.step();
            clause.target().assign(frame, value);
            if (holds(frame, clause.conditions()) && !run(frame, depth + 1, ordered, sink)) {
                all = false;
                if (items.kind() != Items.Kind.UNORDERED_SET) {
                    return false;
                }
            }
        }
        return all;
    }

    private static boolean holds(Frame frame, List<Expression> conditions) {
        for (Expression condition : conditions) {
            Boolean truth = PythonValues.truth(condition.evaluate(frame));
            if (truth == null) {
                throw Unsure.UNSURE;
            }
            if (!truth) {
                return false;
            }
        }
        return true;
    }
}
