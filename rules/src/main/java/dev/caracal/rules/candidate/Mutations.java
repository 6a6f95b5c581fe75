package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods that change a list, dict or set which the evaluation made itself. */
final class Mutations {

    static final Set<String> METHODS =
            Set.of("append", "extend", "update", "setdefault", "add", "pop", "remove", "clear");

    private Mutations() {}

    static Object call(
            Object receiver, String method, List<Object> arguments, Map<String, Object> named) {
        boolean single = arguments.size() == 1 && named.isEmpty();
        if (!single) {
            throw Unsure.UNSURE;
        }
        Object argument = arguments.get(0);
        if (receiver instanceof Mapping.Dict dict && method.equals("update")) {
            if (!(argument instanceof Mapping added)) {
                throw Unsure.UNSURE;
            }
            PythonValues.members(added).forEach(dict::put);
            return Special.NONE;
        }
        if (receiver instanceof Items items && items.isSet() && method.equals("add")) {
            if (!(argument instanceof String)) {
                throw Unsure.UNSURE;
            }
            if (!items.contains(argument)) {
                items.append(argument);
            }
            return Special.NONE;
        }
        if (receiver instanceof Items items && items.kind() == Items.Kind.LIST) {
            switch (method) {
                case "append" -> items.append(argument);
                case "extend" ->
                        List.copyOf(Iteration.values(argument).inOrder()).forEach(items::append);
                default -> throw Unsure.UNSURE;
            }
            return Special.NONE;
        }
        throw Unsure.UNSURE;
    }
}
