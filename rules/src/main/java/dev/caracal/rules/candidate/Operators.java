package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.List;

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
        if (value == Special.NONE) {
            return "None";
        }
        throw Unsure.UNSURE;
    }
}
