package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled Python statement. */
interface Statement {

    /** What {@code break} and {@code continue} give. */
    enum Jump {
        BREAK,
        CONTINUE
    }

    /**
     * Executes it.
     *
     * @return what it returns, a {@link Jump}, or null if execution goes on behind it
     * @throws Unsure if only Python can tell, or would raise
     */
    @Nullable Object execute(Frame frame);

    /** One after the other. */
    static Statement block(List<Statement> statements) {
        Statement[] steps = statements.toArray(new Statement[0]);
        return frame -> {
            for (Statement step : steps) {
                Object result = step.execute(frame);
                if (result != null) {
                    return result;
                }
            }
            return null;
        };
    }

    /**
     * {@code if}. Where the test is not known, both ways are gone: the body must return, and what
     * it returns is one of the possible values of the call.
     */
    static Statement branch(Expression test, Statement body, Statement otherwise) {
        return frame -> {
            Boolean truth = PythonValues.truth(test.evaluate(frame));
            if (truth != null) {
                return truth ? body.execute(frame) : otherwise.execute(frame);
            }
            frame.doubt();
            Frame taken = frame.copy();
            Object returned = body.execute(taken);
            if (returned == null || returned instanceof Jump) {
                throw Unsure.UNSURE;
            }
            frame.mayReturn(taken.result(returned));
            return otherwise.execute(frame);
        };
    }

    /** {@code for target in iterable}, without {@code else}. */
    static Statement loop(Target target, Expression iterable, Statement body) {
        return frame -> {
            for (Object value : Iteration.values(iterable.evaluate(frame)).inOrder()) {
                frame.step();
                target.assign(frame, value);
                Object result = body.execute(frame);
                if (result == Jump.BREAK) {
                    return null;
                }
                if (result != null && result != Jump.CONTINUE) {
                    return result;
                }
            }
            return null;
        };
    }

    /**
     * {@code try}: a handler runs if the body certainly raises what it catches.
     *
     * @param caught by handler, names of exceptions
     */
    static Statement attempt(Statement body, List<Set<String>> caught, List<Statement> handlers) {
        return frame -> {
            try {
                return body.execute(frame);
            } catch (Raised raised) {
                frame.requireCertainty();
                for (int i = 0; i < handlers.size(); i++) {
                    if (caught.get(i).stream().anyMatch(raised::isA)) {
                        return handlers.get(i).execute(frame);
                    }
                }
                throw raised;
            }
        };
    }

    /** Where a value is assigned to: a local variable, or several that unpack a sequence. */
    interface Target {
        void assign(Frame frame, Object value);
    }
}
