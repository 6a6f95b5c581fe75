package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The built-in functions and types that are reproduced. */
final class Builtins {

    private static final java.util.regex.Pattern DECIMAL =
            java.util.regex.Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private Builtins() {}

    static Object call(String name, List<Object> arguments) {
        if (name.equals("isinstance") && arguments.size() == 2) {
            return isInstance(arguments.get(0), arguments.get(1));
        }
        if (name.equals("hasattr") && arguments.size() == 2) {
            return hasAttribute(arguments.get(0), arguments.get(1));
        }
        if (name.equals("fnmatch") && arguments.size() == 2) {
            return FileNames.match(arguments.get(0), arguments.get(1));
        }
        if (name.equals("divmod") && arguments.size() == 2) {
            return quotientAndRest(arguments.get(0), arguments.get(1));
        }
        if ((name.equals("min") || name.equals("max")) && arguments.size() == 2) {
            return extreme(name.equals("min"), arguments.get(0), arguments.get(1));
        }
        if (name.startsWith("re.") && arguments.size() == 2) {
            return Pattern.of(text(arguments.get(0)))
                    .call(name.substring(3), List.of(arguments.get(1)));
        }
        if (arguments.isEmpty()) {
            return switch (name) {
                case "dict" -> new Mapping.Dict(new LinkedHashMap<>());
                case "list" -> Items.list(new ArrayList<>());
                case "set" -> set(Items.Kind.SET, List.of());
                case "tuple" -> Items.of(Items.Kind.TUPLE, List.of());
                case "str" -> "";
                case "time" -> Times.epochSeconds();
                default -> throw Unsure.UNSURE;
            };
        }
        if (arguments.size() > 1) {
            throw Unsure.UNSURE;
        }
        Object value = arguments.get(0);
        return switch (name) {
            case "len" -> length(value);
            case "str" -> Operators.text(value);
            case "bool" -> Operators.not(Operators.not(value));
            case "any" -> any(Iteration.values(value).values());
            case "all" -> Operators.not(any(negated(Iteration.values(value).values())));
            case "list" -> Items.list(new ArrayList<>(Iteration.values(value).inOrder()));
            case "sorted" -> sorted(Iteration.values(value).values());
            case "ip_address", "IPv4Address", "IPv6Address" -> IpAddresses.parse(name, value);
            case "tuple" -> Items.of(Items.Kind.TUPLE, Iteration.values(value).inOrder());
            case "set" -> set(Iteration.values(value));
            case "int" -> whole(value);
            case "float" -> real(value);
            case "json.loads" -> PythonJson.read(text(value));
            case "json.dumps" -> PythonJson.text(value);
            default -> throw Unsure.UNSURE;
        };
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Unsure.UNSURE;
    }

    private static Items quotientAndRest(Object dividend, Object divisor) {
        List<Object> both =
                List.of(
                        Operators.binary("FloorDiv", dividend, divisor),
                        Operators.binary("Mod", dividend, divisor));
        return Items.of(Items.Kind.TUPLE, both);
    }

    /** {@code min} or {@code max} of two whole numbers. */
    private static Object extreme(boolean smallest, Object first, Object second) {
        if (first instanceof Long left && second instanceof Long right) {
            return smallest ? Math.min(left, right) : Math.max(left, right);
        }
        throw Unsure.UNSURE;
    }

    private static Object whole(Object value) {
        if (value instanceof Long) {
            return value;
        }
        if (value instanceof Double number && Math.abs(number) < 1e15) {
            return (long) (double) number;
        }
        if (value instanceof String text && isDigits(text, 18)) {
            return Long.parseLong(text);
        }
        throw Unsure.UNSURE;
    }

    private static Object real(Object value) {
        if (value instanceof Double) {
            return value;
        }
        if (value instanceof Long number && Math.abs(number) < 1L << 53) {
            return (double) number;
        }
        if (value instanceof String text && DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        throw Unsure.UNSURE;
    }

    private static boolean isDigits(String text, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether one of the values is true. */
    static Object any(List<Object> values) {
        Object result = Boolean.FALSE;
        for (Object value : values) {
            Boolean truth = PythonValues.truth(value);
            if (truth == null) {
                result = Special.UNKNOWN_BOOLEAN;
            } else if (truth) {
                return true;
            }
        }
        return result;
    }

    private static List<Object> negated(List<Object> values) {
        return values.stream().map(Operators::not).toList();
    }

    /** {@code reduce(function, items, initial)}. */
    static Object reduce(Frame frame, List<Object> arguments) {
        if (arguments.size() != 3 || !(arguments.get(0) instanceof Callable function)) {
            throw Unsure.UNSURE;
        }
        Object result = arguments.get(2);
        for (Object value : Iteration.values(arguments.get(1)).inOrder()) {
            result = function.call(frame, List.of(result, value), Map.of());
        }
        return result;
    }

    /** {@code getattr(value, name, otherwise)}. */
    static Object attribute(Frame frame, List<Object> arguments) {
        if (arguments.size() != 3
                || !(arguments.get(0) instanceof PythonClass.Instance instance)
                || !(arguments.get(1) instanceof String name)) {
            throw Unsure.UNSURE;
        }
        return instance.has(name) ? instance.get(frame, name) : arguments.get(2);
    }

    private static Object sorted(List<Object> values) {
        List<Object> sorted = new ArrayList<>(values);
        for (Object value : sorted) {
            if (!(value instanceof String text && PythonValues.isAscii(text))) {
                throw Unsure.UNSURE;
            }
        }
        sorted.sort(Comparator.comparing(String.class::cast));
        return Items.list(sorted);
    }

    private static Object hasAttribute(Object value, Object name) {
        if (value instanceof PythonClass.Instance instance && name instanceof String attribute) {
            return instance.has(attribute);
        }
        if (!name.equals("get") || PythonValues.isUnknown(value)) {
            throw Unsure.UNSURE;
        }
        return value instanceof Mapping;
    }

    private static Object length(Object value) {
        if (value instanceof String text) {
            return (long) text.codePointCount(0, text.length());
        }
        if (value instanceof Items items) {
            return (long) items.values().size();
        }
        if (value instanceof Mapping mapping) {
            return (long) PythonValues.members(mapping).size();
        }
        throw Unsure.UNSURE;
    }

    private static Object set(Items items) {
        boolean isOrdered = items.kind() != Items.Kind.UNORDERED_SET;
        return set(isOrdered ? Items.Kind.SET : Items.Kind.UNORDERED_SET, items.values());
    }

    static Object set(Items.Kind kind, List<Object> values) {
        Set<Object> distinct = new LinkedHashSet<>();
        for (Object value : values) {
            if (!(value instanceof String)) {
                throw Unsure.UNSURE;
            }
            distinct.add(value);
        }
        return new Items(kind, new ArrayList<>(distinct), Set.of());
    }

    /** A built-in type, as an argument of {@code isinstance}. */
    record Type(String name) {}

    private static Object isInstance(Object value, Object type) {
        if (type instanceof Items types && types.kind() == Items.Kind.TUPLE) {
            List<Object> answers = new ArrayList<>();
            types.values().forEach(one -> answers.add(isInstance(value, one)));
            return any(answers);
        }
        if (type instanceof PythonClass && !(value instanceof PythonClass.Instance)) {
            return value == Special.UNKNOWN ? Special.UNKNOWN_BOOLEAN : (Object) false;
        }
        if (!(type instanceof Type builtin)) {
            throw Unsure.UNSURE;
        }
        if (value == Special.UNKNOWN) {
            return Special.UNKNOWN_BOOLEAN;
        }
        return switch (builtin.name()) {
            case "str" -> value instanceof String;
            case "bool" -> value instanceof Boolean || value == Special.UNKNOWN_BOOLEAN;
            case "int" ->
                    value instanceof Long
                            || value instanceof Boolean
                            || value == Special.UNKNOWN_BOOLEAN;
            case "float" -> value instanceof Double;
            case "dict", "Mapping" -> value instanceof Mapping;
            case "Sequence" ->
                    value instanceof String || (value instanceof Items items && items.isSequence());
            case "list" -> isItems(value, Items.Kind.LIST);
            case "tuple" -> isItems(value, Items.Kind.TUPLE);
            case "set" -> value instanceof Items items && items.isSet();
            case "datetime" -> value instanceof Times.Moment;
            case "timedelta" -> value instanceof Times.Span;
            default -> throw Unsure.UNSURE;
        };
    }

    private static boolean isItems(Object value, Items.Kind kind) {
        return value instanceof Items items && items.kind() == kind;
    }
}
