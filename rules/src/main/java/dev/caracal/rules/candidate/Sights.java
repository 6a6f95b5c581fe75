package dev.caracal.rules.candidate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event has at the paths that rules ask for, as values that can be told apart: the scalar
 * itself, or what kind of thing is there.
 */
final class Sights {

    /** What is seen where there is no scalar. */
    enum Kind {
        ABSENT,
        OBJECT,
        EMPTY_OBJECT,

        /** Anything else, such as a long text. */
        OTHER
    }

    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_LIST_SIZE = 8;

    private final Paths paths;
    private @Nullable Object[] values;
    private @Nullable Object[] sights;

    Sights(Mapping.EventObject event, Paths paths) {
        this.paths = paths;
        values = new Object[paths.size()];
        sights = new Object[paths.size()];
        values[Paths.ROOT] = event;
    }

    /** What is there; the object that holds it is to have been seen before. */
    Object at(int path) {
        if (path >= sights.length) {
            values = Arrays.copyOf(values, paths.size());
            sights = Arrays.copyOf(sights, paths.size());
        }
        Object sight = sights[path];
        if (sight == null) {
            sight = of(find(path));
            sights[path] = sight;
        }
        return sight;
    }

    private @Nullable Object find(int path) {
        Object value = values[path];
        if (value == null) {
            Paths.Step step = paths.step(path);
            value = find(step.parent()) instanceof Mapping object ? object.find(step.key()) : null;
            values[path] = value;
        }
        return value;
    }

    static Object of(@Nullable Object value) {
        if (value == null) {
            return Kind.ABSENT;
        }
        if (value instanceof Mapping.EventObject object) {
            return object.members().isEmpty() ? Kind.EMPTY_OBJECT : Kind.OBJECT;
        }
        if (value instanceof Items items) {
            return isShort(items.values()) ? value : Kind.OTHER;
        }
        return isShort(value) ? value : Kind.OTHER;
    }

    private static boolean isShort(List<Object> values) {
        return values.size() <= MAX_LIST_SIZE && values.stream().allMatch(Sights::isShort);
    }

    private static boolean isShort(Object value) {
        return value instanceof String text
                ? text.length() <= MAX_TEXT_LENGTH
                : !(value instanceof Items) && !(value instanceof Mapping);
    }
}
