package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Python's operators say of values. */
final class PythonValues {

    /** 2**53: up to here whole numbers and floats compare exactly. */
    private static final long MAX_EXACT = 1L << 53;

    private PythonValues() {}

    /** {@code bool(value)}; null if that is not known. */
    static @Nullable Boolean truth(Object value) {
        if (value instanceof Boolean known) {
            return known;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof Items items) {
            return !items.values().isEmpty();
        }
        if (value instanceof Mapping mapping) {
            return truth(mapping);
        }
        if (value == Pattern.MATCH
                || value instanceof IpAddresses.Address
                || value instanceof Times.Moment
                || value instanceof PythonClass.Instance
                || value instanceof Callable) {
            return true;
        }
        return value == Special.NONE ? Boolean.FALSE : null;
    }

    private static Boolean truth(Mapping mapping) {
        if (mapping instanceof Mapping.EventObject object) {
            return !object.members().isEmpty();
        }
        if (mapping instanceof Mapping.Traced traced) {
            return !traced.object().members().isEmpty();
        }
        // A partial object has at least the member that is known.
        return !(mapping instanceof Mapping.Dict dict) || !dict.members().isEmpty();
    }

    static boolean isUnknown(Object value) {
        return value == Special.UNKNOWN || value == Special.UNKNOWN_BOOLEAN;
    }

    /** Whether a set can hold it. */
    static boolean isHashable(Object value) {
        if (value instanceof Items items) {
            return items.kind() == Items.Kind.TUPLE
                    && items.values().stream().allMatch(PythonValues::isHashable);
        }
        return !(value instanceof Mapping) && value != Special.UNKNOWN;
    }

    /** {@code first == second}, both known. */
    static boolean areEqual(Object first, Object second) {
        if (first instanceof String text) {
            return text.equals(second);
        }
        if (isNumber(first)) {
            return isNumber(second) && areEqualNumbers(first, second);
        }
        if (first instanceof Items items) {
            return second instanceof Items others && areEqualItems(items, others);
        }
        if (first instanceof Mapping mapping) {
            return second instanceof Mapping other && areEqualMappings(mapping, other);
        }
        if (isUnknown(first) || isUnknown(second)) {
            throw Unsure.UNSURE;
        }
        if (first == Special.NONE || second == Special.NONE) {
            return first == second;
        }
        throw Unsure.UNSURE;
    }

    private static boolean areEqualItems(Items first, Items second) {
        if (!first.isSequence() || !second.isSequence()) {
            throw Unsure.UNSURE;
        }
        List<Object> values = first.values();
        List<Object> others = second.values();
        if (first.kind() != second.kind()) {
            // The event's lists equal tuples, other lists do not.
            throw Unsure.UNSURE;
        }
        if (values.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!areEqual(values.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqualMappings(Mapping first, Mapping second) {
        Map<String, Object> members = members(first);
        Map<String, Object> others = members(second);
        if (members.size() != others.size()) {
            return false;
        }
        for (Map.Entry<String, Object> member : members.entrySet()) {
            Object other = others.get(member.getKey());
            if (other == null) {
                // Python's dict comparison looks keys up exactly, too.
                return false;
            }
            if (!areEqual(member.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** All members, which a partial object cannot tell. */
    static Map<String, Object> members(Mapping mapping) {
        if (mapping instanceof Mapping.EventObject object) {
            return object.members();
        }
        if (mapping instanceof Mapping.Traced traced) {
            return traced.untraced().members();
        }
        if (mapping instanceof Mapping.Dict dict) {
            return dict.members();
        }
        throw Unsure.UNSURE;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    private static boolean areEqualNumbers(Object first, Object second) {
        if (first instanceof Double || second instanceof Double) {
            return asDouble(first) == asDouble(second);
        }
        return asLong(first) == asLong(second);
    }

    /** {@code first - second} as a sign, for numbers or for two texts. */
    static int compare(Object first, Object second) {
        if (first instanceof String text && second instanceof String other) {
            if (!isAscii(text) || !isAscii(other)) {
                throw Unsure.UNSURE;
            }
            return text.compareTo(other);
        }
        if (!isNumber(first) || !isNumber(second)) {
            throw Unsure.UNSURE;
        }
        if (first instanceof Double || second instanceof Double) {
            return Double.compare(asDouble(first) + 0.0, asDouble(second) + 0.0);
        }
        return Long.compare(asLong(first), asLong(second));
    }

    static long asLong(Object number) {
        if (number instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return (Long) number;
    }

    private static double asDouble(Object number) {
        if (number instanceof Double value) {
            return value;
        }
        long value = asLong(number);
        if (value > MAX_EXACT || value < -MAX_EXACT) {
            throw Unsure.UNSURE;
        }
        return value;
    }

    /** {@code container contains value}, that is {@code value in container}. */
    static Object contains(Object container, Object value) {
        if (container instanceof Items items) {
            if (isUnknown(value)) {
                if (items.isSet() && value == Special.UNKNOWN) {
                    throw Unsure.UNSURE;
                }
                return Special.UNKNOWN_BOOLEAN;
            }
            return items.contains(value);
        }
        if (container instanceof String text && value instanceof String part) {
            return text.contains(part);
        }
        if (container instanceof Mapping mapping && value instanceof String key) {
            Object found = mapping.find(key);
            if (mapping instanceof Mapping.Partial partial && !partial.key().equals(key)) {
                return Special.UNKNOWN_BOOLEAN;
            }
            return found != null;
        }
        throw Unsure.UNSURE;
    }

    /** A value that is either of the two. */
    static Object join(Object first, Object second) {
        if (first == second || (first instanceof Boolean && first.equals(second))) {
            return first;
        }
        return isBoolean(first) && isBoolean(second) ? Special.UNKNOWN_BOOLEAN : Special.UNKNOWN;
    }

    private static boolean isBoolean(Object value) {
        return value instanceof Boolean || value == Special.UNKNOWN_BOOLEAN;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
