package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of text, dicts and events that are reproduced. */
final class Methods {

    private static final String BLANKS = " \t\n\r\u000b\f\u001c\u001d\u001e\u001f";

    private Methods() {}

    static Object call(
            Object receiver, String method, List<Object> arguments, Map<String, Object> named) {
        if (receiver instanceof String text && method.equals("format")) {
            return TextFormat.format(text, arguments, named);
        }
        if (receiver instanceof String text && named.isEmpty()) {
            return ofText(text, method, arguments);
        }
        if (receiver instanceof Items items && method.equals("copy") && arguments.isEmpty()) {
            return copy(items);
        }
        if (receiver instanceof Pattern pattern && named.isEmpty()) {
            return pattern.call(method, arguments);
        }
        if (receiver == Special.NONE) {
            throw Raised.ATTRIBUTE_ERROR;
        }
        if (receiver instanceof Mapping mapping) {
            return ofMapping(mapping, method, arguments, named);
        }
        if (receiver instanceof Builtins.Type type
                && type.name().equals("datetime")
                && named.isEmpty()) {
            return Times.ofType(method, arguments);
        }
        if (receiver instanceof Times.Moment moment && named.isEmpty()) {
            return Times.call(moment, method, arguments);
        }
        if (receiver instanceof Times.Span span && named.isEmpty()) {
            return Times.call(span, method, arguments);
        }
        throw Unsure.UNSURE;
    }

    /** {@code receiver.name}, of what has attributes. */
    static Object attribute(Frame frame, Object receiver, String name) {
        if (receiver instanceof PythonClass.Instance instance) {
            return instance.get(frame, name);
        }
        if (receiver instanceof IpAddresses.Address address) {
            return IpAddresses.attribute(address, name);
        }
        if (receiver instanceof Times.Moment moment) {
            return Times.attribute(moment, name);
        }
        if (receiver instanceof Times.Span span) {
            return Times.attribute(span, name);
        }
        throw Unsure.UNSURE;
    }

    private static Items copy(Items items) {
        if (items.kind() != Items.Kind.LIST) {
            throw Unsure.UNSURE;
        }
        requirePlain(items.values());
        return Items.list(new ArrayList<>(items.values()));
    }

    /** What is within an event is another thing in its copy. */
    private static void requirePlain(Collection<Object> values) {
        for (Object value : values) {
            if (value instanceof Items || value instanceof Mapping) {
                throw Unsure.UNSURE;
            }
        }
    }

    private static Object ofText(String text, String method, List<Object> arguments) {
        int count = arguments.size();
        Object first = count > 0 ? arguments.get(0) : Special.NONE;
        switch (method) {
            case "startswith" -> {
                return anyPart(text, first, count, true);
            }
            case "endswith" -> {
                return anyPart(text, first, count, false);
            }
            case "lower" -> {
                return ascii(text, count).toLowerCase(Locale.ROOT);
            }
            case "upper" -> {
                return ascii(text, count).toUpperCase(Locale.ROOT);
            }
            case "strip", "lstrip", "rstrip" -> {
                String characters = count == 0 ? BLANKS : asText(first);
                if (count > 1 || !PythonValues.isAscii(characters)) {
                    throw Unsure.UNSURE;
                }
                return strip(
                        ascii(text, 0),
                        characters,
                        !method.equals("rstrip"),
                        !method.equals("lstrip"));
            }
            case "split" -> {
                return split(text, first, count);
            }
            case "replace" -> {
                if (count == 2 && first instanceof String part && !part.isEmpty()) {
                    return text.replace(part, asText(arguments.get(1)));
                }
                throw Unsure.UNSURE;
            }
            case "join" -> {
                if (count == 1) {
                    return join(text, Iteration.values(first).inOrder());
                }
                throw Unsure.UNSURE;
            }
            default -> throw Unsure.UNSURE;
        }
    }

    private static Object anyPart(String text, Object parts, int count, boolean atStart) {
        if (count != 1) {
            throw Unsure.UNSURE;
        }
        if (parts instanceof String part) {
            return atStart ? text.startsWith(part) : text.endsWith(part);
        }
        if (parts instanceof Items items && items.kind() == Items.Kind.TUPLE) {
            boolean found = false;
            for (Object part : items.values()) {
                found |= atStart ? text.startsWith(asText(part)) : text.endsWith(asText(part));
            }
            return found;
        }
        throw Unsure.UNSURE;
    }

    private static String ascii(String text, int arguments) {
        if (arguments > 0 || !PythonValues.isAscii(text)) {
            throw Unsure.UNSURE;
        }
        return text;
    }

    private static String strip(String text, String characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (right && end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static Object split(String text, Object separator, int count) {
        if (count != 1 || !(separator instanceof String mark) || mark.isEmpty()) {
            throw Unsure.UNSURE;
        }
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, start)) {
            parts.add(text.substring(start, at));
            start = at + mark.length();
        }
        parts.add(text.substring(start));
        return Items.list(parts);
    }

    private static String join(String separator, List<Object> parts) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            joined.append(i > 0 ? separator : "").append(asText(parts.get(i)));
        }
        return joined.toString();
    }

    private static String asText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Unsure.UNSURE;
    }

    private static Object ofMapping(
            Mapping mapping, String method, List<Object> arguments, Map<String, Object> named) {
        switch (method) {
            case "get" -> {
                if (!named.isEmpty() || arguments.isEmpty() || arguments.size() > 2) {
                    throw Unsure.UNSURE;
                }
                Object found =
                        isOtherKey(arguments.get(0))
                                ? null
                                : mapping.find(asText(arguments.get(0)));
                return found != null
                        ? found
                        : arguments.size() == 2 ? arguments.get(1) : Special.NONE;
            }
            case "deep_get" -> {
                Object otherwise = onlyDefault(mapping, named);
                return deepGet(mapping, arguments, otherwise);
            }
            case "deep_walk" -> {
                Map<String, Object> rest = new LinkedHashMap<>(named);
                Object wanted = rest.remove("return_val");
                if (wanted != null && !wanted.equals("all")) {
                    throw Unsure.UNSURE;
                }
                return deepWalk(mapping, arguments, onlyDefault(mapping, rest));
            }
            case "keys" -> {
                return view(List.copyOf(plain(mapping, arguments).keySet()));
            }
            case "values" -> {
                return view(List.copyOf(plain(mapping, arguments).values()));
            }
            case "items" -> {
                List<Object> items = new ArrayList<>();
                plain(mapping, arguments)
                        .forEach((k, v) -> items.add(Items.of(Items.Kind.TUPLE, List.of(k, v))));
                return view(items);
            }
            case "udm" -> {
                return udm(mapping, arguments, onlyDefault(mapping, named));
            }
            case "udm_path" -> {
                Fields fields = mapping.fields();
                if (fields == null || arguments.size() != 1 || !named.isEmpty()) {
                    throw Unsure.UNSURE;
                }
                return fields.path(mapping, asText(arguments.get(0)));
            }
            case "copy" -> {
                Map<String, Object> members = plain(mapping, arguments);
                requirePlain(members.values());
                return new Mapping.Dict(new LinkedHashMap<>(members));
            }
            default -> throw Unsure.UNSURE;
        }
    }

    /** A key that no dict here has. */
    private static boolean isOtherKey(Object key) {
        return key == Special.NONE || key instanceof Long || key instanceof Boolean;
    }

    private static Items view(List<Object> values) {
        return new Items(Items.Kind.VIEW, values, Set.of());
    }

    private static Object udm(Mapping event, List<Object> arguments, Object otherwise) {
        Fields fields = event.fields();
        if (fields == null || arguments.size() != 1) {
            throw Unsure.UNSURE;
        }
        Object value = fields.value(event, asText(arguments.get(0)));
        return value == Special.NONE ? otherwise : value;
    }

    private static Map<String, Object> plain(Mapping mapping, List<Object> arguments) {
        if (!arguments.isEmpty()) {
            throw Unsure.UNSURE;
        }
        return PythonValues.members(mapping);
    }

    private static Object onlyDefault(Mapping mapping, Map<String, Object> named) {
        Object otherwise = named.get("default");
        if (mapping instanceof Mapping.Dict || named.size() != (otherwise == null ? 0 : 1)) {
            throw Unsure.UNSURE;
        }
        return otherwise == null ? Special.NONE : otherwise;
    }

    private static Object deepGet(Object start, List<Object> keys, Object otherwise) {
        Object value = start;
        for (Object key : keys) {
            if (value == Special.UNKNOWN) {
                return Special.UNKNOWN;
            }
            if (!(value instanceof Mapping mapping)) {
                return otherwise;
            }
            Object found = mapping.find(asText(key));
            if (found == null || found == Special.NONE) {
                return otherwise;
            }
            value = found;
        }
        return value;
    }

    private static Object deepWalk(Object start, List<Object> keys, Object otherwise) {
        return start instanceof Mapping.Partial ? Special.UNKNOWN : walk(start, keys, 0, otherwise);
    }

    private static Object walk(Object value, List<Object> keys, int depth, Object otherwise) {
        if (depth == keys.size()) {
            return isHollow(value) ? otherwise : value;
        }
        if (value instanceof Mapping mapping) {
            Object inner = mapping.find(asText(keys.get(depth)));
            return inner == null || inner == Special.NONE
                    ? otherwise
                    : walk(inner, keys, depth + 1, otherwise);
        }
        if (value == Special.UNKNOWN) {
            throw Unsure.UNSURE;
        }
        if (!(value instanceof Items items)) {
            return otherwise;
        }
        List<Object> found = new ArrayList<>();
        Items distinct = Items.list(found);
        for (Object element : items.values()) {
            Object result = walk(element, keys, depth, otherwise);
            boolean isList = result instanceof Items list && list.kind() == Items.Kind.LIST;
            for (Object one : isList ? ((Items) result).values() : List.of(result)) {
                if (one != Special.NONE && !distinct.contains(one)) {
                    found.add(one);
                }
            }
        }
        if (found.isEmpty()) {
            return otherwise;
        }
        return found.size() == 1 ? found.get(0) : distinct;
    }

    private static boolean isHollow(Object value) {
        return value instanceof Items items
                && items.kind() == Items.Kind.LIST
                && items.values().stream().allMatch(Methods::isHollow);
    }

    /** {@code receiver[key]}. */
    static Object subscript(Object receiver, Object key) {
        @Nullable Object found = null;
        if (receiver instanceof Mapping mapping && key instanceof String name) {
            found = mapping.find(name);
            if (found == null) {
                throw Raised.KEY_ERROR;
            }
            if (mapping instanceof Mapping.Partial && found == Special.UNKNOWN) {
                throw Unsure.UNSURE;
            }
        } else if (key instanceof Long index
                && receiver instanceof Items items
                && items.isSequence()) {
            found = at(items.values(), index);
            if (found == null) {
                throw Raised.INDEX_ERROR;
            }
        } else if (key instanceof Long index
                && receiver instanceof String text
                && PythonValues.isAscii(text)) {
            long at = index < 0 ? index + text.length() : index;
            found = at < 0 || at >= text.length() ? null : text.substring((int) at, (int) at + 1);
        }
        if (found == null) {
            throw Unsure.UNSURE;
        }
        return found;
    }

    private static @Nullable Object at(List<Object> values, long index) {
        long at = index < 0 ? index + values.size() : index;
        return at < 0 || at >= values.size() ? null : values.get((int) at);
    }
}
