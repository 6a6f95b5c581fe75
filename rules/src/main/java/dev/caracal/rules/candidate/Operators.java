package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Python's operators, by the names of their syntax nodes. */
final class Operators {

    private Operators() {}

    /** One comparison, for example {@code NotIn}. */
    static Object compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "Eq" -> equal(left, right);
            case "NotEq" -> not(equal(left, right));
            case "In" -> PythonValues.contains(right, left);
            case "NotIn" -> not(PythonValues.contains(right, left));
            case "Is" -> same(left, right);
            case "IsNot" -> not(same(left, right));
            case "Lt" -> PythonValues.compare(left, right) < 0;
            case "LtE" -> PythonValues.compare(left, right) <= 0;
            case "Gt" -> PythonValues.compare(left, right) > 0;
            case "GtE" -> PythonValues.compare(left, right) >= 0;
            default -> throw Unsure.UNSURE;
        };
    }

    private static Object equal(Object left, Object right) {
        if (PythonValues.isUnknown(left) || PythonValues.isUnknown(right)) {
            return Special.UNKNOWN_BOOLEAN;
        }
        return PythonValues.areEqual(left, right);
    }

    /** {@code is}, which is clear only for what exists once. */
    private static Object same(Object left, Object right) {
        if (PythonValues.isUnknown(left) || PythonValues.isUnknown(right)) {
            return Special.UNKNOWN_BOOLEAN;
        }
        boolean clear = isSingle(left) || isSingle(right);
        if (!clear) {
            throw Unsure.UNSURE;
        }
        return left == right || (left instanceof Boolean && left.equals(right));
    }

    private static boolean isSingle(Object value) {
        return value == Special.NONE || value instanceof Boolean;
    }

    static Object not(Object value) {
        Boolean truth = PythonValues.truth(value);
        return truth == null ? Special.UNKNOWN_BOOLEAN : (Object) !truth;
    }

    static Object add(Object left, Object right) {
        if (left instanceof String first && right instanceof String second) {
            return first + second;
        }
        if (left instanceof Items first
                && right instanceof Items second
                && first.kind() == second.kind()
                && !first.isSet()) {
            List<Object> all = new ArrayList<>(first.values());
            all.addAll(second.values());
            return Items.of(first.kind(), all);
        }
        if (left instanceof Long first && right instanceof Long second) {
            try {
                return Math.addExact(first, second);
            } catch (ArithmeticException e) {
                throw Unsure.UNSURE;
            }
        }
        if (left instanceof Times.Moment moment && right instanceof Times.Span span) {
            return moment.plus(span.micros());
        }
        if (isPlainNumber(left) && isPlainNumber(right)) {
            return ((Number) left).doubleValue() + ((Number) right).doubleValue();
        }
        throw Unsure.UNSURE;
    }

    /** {@code str(value)}. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Long number) {
            return number.toString();
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return PythonJson.text((double) number);
        }
        if (value == Special.NONE) {
            return "None";
        }
        return representation(value);
    }

    /** {@code repr(value)}, where it is clear how text is quoted. */
    private static String representation(Object value) {
        if (value instanceof Items items && items.kind() == Items.Kind.LIST) {
            return items.values().stream()
                    .map(Operators::part)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Mapping mapping) {
            return PythonValues.members(mapping).entrySet().stream()
                    .map(member -> part(member.getKey()) + ": " + part(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        throw Unsure.UNSURE;
    }

    private static String part(Object value) {
        if (!(value instanceof String text)) {
            return text(value);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '\'' || c == '\\') {
                throw Unsure.UNSURE;
            }
        }
        return "'" + text + "'";
    }

    /** An operator other than {@code +}, by its node. */
    static Object binary(String operator, Object left, Object right) {
        if (left instanceof Mapping.Dict first && right instanceof Mapping.Dict second) {
            return merge(operator, first, second);
        }
        if (left instanceof Items first && right instanceof Items second) {
            return ofSets(operator, first, second);
        }
        if (operator.equals("Sub")
                && (left instanceof Times.Moment || left instanceof Times.Span)) {
            return Times.subtract(left, right);
        }
        if (left instanceof Long first && right instanceof Long second) {
            return ofWhole(operator, first, second);
        }
        if (isPlainNumber(left) && isPlainNumber(right)) {
            return ofReal(operator, ((Number) left).doubleValue(), ((Number) right).doubleValue());
        }
        throw Unsure.UNSURE;
    }

    private static Object merge(String operator, Mapping.Dict first, Mapping.Dict second) {
        if (!operator.equals("BitOr")) {
            throw Unsure.UNSURE;
        }
        Map<String, Object> members = new LinkedHashMap<>(first.members());
        members.putAll(second.members());
        return new Mapping.Dict(members);
    }

    private static Object ofSets(String operator, Items left, Items right) {
        if (!left.isSet() || !right.isSet()) {
            throw Unsure.UNSURE;
        }
        Set<Object> values = new LinkedHashSet<>(left.values());
        boolean isOrdered = left.kind() == right.kind() && left.kind() == Items.Kind.SET;
        switch (operator) {
            case "BitOr" -> values.addAll(right.values());
            case "BitAnd" -> {
                values.retainAll(right.values());
                isOrdered = false;
            }
            case "Sub" -> right.values().forEach(values::remove);
            default -> throw Unsure.UNSURE;
        }
        return Builtins.set(
                isOrdered ? Items.Kind.SET : Items.Kind.UNORDERED_SET, new ArrayList<>(values));
    }

    private static Object ofWhole(String operator, long left, long right) {
        try {
            return switch (operator) {
                case "Sub" -> Math.subtractExact(left, right);
                case "Mult" -> Math.multiplyExact(left, right);
                case "FloorDiv" -> Math.floorDiv(left, nonZero(right));
                case "Mod" -> Math.floorMod(left, nonZero(right));
                case "Div" -> ofReal(operator, exact(left), exact(right));
                default -> throw Unsure.UNSURE;
            };
        } catch (ArithmeticException e) {
            throw Unsure.UNSURE;
        }
    }

    private static long nonZero(long number) {
        if (number == 0) {
            throw Unsure.UNSURE;
        }
        return number;
    }

    private static double exact(long number) {
        if (Math.abs(number) > 1L << 53) {
            throw Unsure.UNSURE;
        }
        return number;
    }

    private static boolean isPlainNumber(Object value) {
        return value instanceof Double
                || (value instanceof Long number && Math.abs(number) <= 1L << 53);
    }

    private static Object ofReal(String operator, double left, double right) {
        boolean divides = operator.equals("Div") || operator.equals("FloorDiv");
        if (divides && right == 0) {
            throw Unsure.UNSURE;
        }
        return switch (operator) {
            case "Sub" -> left - right;
            case "Mult" -> left * right;
            case "Div" -> left / right;
            case "FloorDiv" -> floorDivide(left, right);
            default -> throw Unsure.UNSURE;
        };
    }

    /** As Python has it where both are whole: beyond that, rounding differs from Java's. */
    private static double floorDivide(double left, double right) {
        double quotient = Math.floor(left / right);
        boolean clear =
                Math.abs(left) < 1L << 53 && right == Math.rint(right) && right > 0 && left >= 0;
        if (!clear) {
            throw Unsure.UNSURE;
        }
        return quotient;
    }

    /** {@code value[lower:upper]}; a bound that is left out is None. */
    static Object slice(Object value, Object lower, Object upper) {
        if (value instanceof String text && PythonValues.isAscii(text)) {
            int start = bound(lower, 0, text.length());
            int end = bound(upper, text.length(), text.length());
            return start < end ? text.substring(start, end) : "";
        }
        if (value instanceof Items items && items.isSequence()) {
            List<Object> values = items.values();
            int start = bound(lower, 0, values.size());
            int end = bound(upper, values.size(), values.size());
            List<Object> part = start < end ? values.subList(start, end) : List.of();
            return Items.of(items.kind(), new ArrayList<>(part));
        }
        throw Unsure.UNSURE;
    }

    private static int bound(Object bound, int missing, int size) {
        if (bound == Special.NONE) {
            return missing;
        }
        if (!(bound instanceof Long index)) {
            throw Unsure.UNSURE;
        }
        return (int) Math.max(0, Math.min(size, index < 0 ? index + size : index));
    }
}
