package dev.caracal.parsers.authoring;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been seen at one place of the samples: of one field, or of an array's elements. */
final class ObservedValue {

    /** Members in the order in which they were first seen. */
    final Map<String, ObservedValue> members = new LinkedHashMap<>();

    private final Set<TextKind> kinds = EnumSet.allOf(TextKind.class);
    private @Nullable ObservedValue element;
    private long objects;
    private long memberCount;
    private boolean array;
    private boolean scalar;
    private boolean quoted;
    private boolean text;

    private long presentIn;
    private long filledIn;
    private long present;
    private long filled;

    /** Takes an object; {@link #member} takes its members. */
    void addObject() {
        objects++;
    }

    ObservedValue member(String name) {
        memberCount++;
        return members.computeIfAbsent(name, key -> new ObservedValue());
    }

    ObservedValue addArray() {
        array = true;
        if (element == null) {
            element = new ObservedValue();
        }
        return element;
    }

    /**
     * Takes a string, number or boolean.
     *
     * @param isQuoted whether it is a string
     */
    void addScalar(String value, boolean isQuoted) {
        scalar = true;
        quoted |= isQuoted;
        if (!value.isEmpty()) {
            text = true;
            kinds.removeIf(kind -> !kind.matches(value));
        }
    }

    /**
     * Takes note that the field is there, and not null.
     *
     * @param object the parent object, by number: a name that stands in it twice counts once
     * @param isFilled whether the value counts as one whatever the field's type; an empty text does
     *     for a string alone
     */
    void markPresent(long object, boolean isFilled) {
        if (presentIn != object) {
            presentIn = object;
            present++;
        }
        if (isFilled && filledIn != object) {
            filledIn = object;
            filled++;
        }
    }

    boolean isAlwaysPresent(ObservedValue parent) {
        return present == parent.objects;
    }

    boolean isAlwaysFilled(ObservedValue parent) {
        return filled == parent.objects;
    }

    boolean isObject() {
        return objects > 0 && !array && !scalar;
    }

    boolean isArray() {
        return array && objects == 0 && !scalar;
    }

    boolean isScalar() {
        return scalar && objects == 0 && !array;
    }

    /** Whether there was anything but null. */
    boolean isSeen() {
        return objects > 0 || array || scalar;
    }

    @Nullable ObservedValue element() {
        return element;
    }

    /** Whether a scalar was a string. */
    boolean isQuoted() {
        return quoted;
    }

    /** Whether all scalars, the empty ones apart, look so, and there was one. */
    boolean is(TextKind kind) {
        return text && kinds.contains(kind);
    }

    /** How many of its names an object has on average. */
    double membersPerObject() {
        return objects == 0 ? 0 : (double) memberCount / objects;
    }
}
