package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what an evaluation asks of an event: each path once, and what is seen there. */
final class Trace {

    /** A path that was asked for, and what is there. */
    record Answer(int path, Object sight) {}

    private final Paths paths;
    private final List<Answer> answers = new ArrayList<>();
    private boolean isComplete = true;

    Trace(Paths paths) {
        this.paths = paths;
    }

    /** The event, which tells the trace what it is asked. */
    Mapping event(Mapping.EventObject event) {
        return new Mapping.Traced(event, Paths.ROOT, this);
    }

    /** The value of the key in an object. */
    @Nullable Object find(Mapping.EventObject object, int path, String key) {
        Object value = object.find(key);
        if (!isComplete) {
            return value;
        }
        int inner = paths.inner(path, key);
        Object sight = Sights.of(value);
        if (inner == Paths.NONE) {
            isComplete = false;
            return value;
        }
        if (answers.stream().noneMatch(answer -> answer.path() == inner)) {
            answers.add(new Answer(inner, sight));
        }
        if (sight == Sights.Kind.OTHER) {
            isComplete = false;
            return value;
        }
        return value instanceof Mapping.EventObject innerObject
                ? new Mapping.Traced(innerObject, inner, this)
                : value;
    }

    /** The evaluation goes by more than the answers: they are those before it did. */
    void giveUp() {
        isComplete = false;
    }

    boolean isComplete() {
        return isComplete;
    }

    List<Answer> answers() {
        return answers;
    }
}
