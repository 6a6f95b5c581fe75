package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plain class of the rule pack: its methods, properties and constants, inherited ones included.
 * Calling it makes an instance.
 */
final class PythonClass implements Callable {

    private static final String INITIALIZER = "__init__";

    private final Map<String, Function> methods;
    private final Map<String, Function> properties;
    private final Map<String, Object> constants;

    PythonClass(
            Map<String, Function> methods,
            Map<String, Function> properties,
            Map<String, Object> constants) {
        this.methods = methods;
        this.properties = properties;
        this.constants = constants;
    }

    @Override
    public Object call(Frame caller, List<Object> arguments, Map<String, Object> named) {
        Instance instance = new Instance(this, new HashMap<>());
        Function initializer = methods.get(INITIALIZER);
        if (initializer != null) {
            initializer.call(caller, with(instance, arguments), named);
        } else if (!arguments.isEmpty() || !named.isEmpty()) {
            throw Unsure.UNSURE;
        }
        return instance;
    }

    private static List<Object> with(Instance instance, List<Object> arguments) {
        List<Object> all = new ArrayList<>(arguments.size() + 1);
        all.add(instance);
        all.addAll(arguments);
        return all;
    }

    /** An object of a class, which the evaluation made itself. */
    record Instance(PythonClass type, Map<String, Object> attributes) {

        Object get(Frame frame, String name) {
            Function property = type.properties.get(name);
            if (property != null) {
                return property.call(frame, List.of(this), Map.of());
            }
            Object own = attributes.get(name);
            Object value = own == null ? type.constants.get(name) : own;
            if (value == null) {
                throw Unsure.UNSURE;
            }
            return value;
        }

        /** Whether it has the attribute; a property's value could be an exception. */
        boolean has(String name) {
            if (type.properties.containsKey(name) || name.startsWith("__")) {
                throw Unsure.UNSURE;
            }
            return attributes.containsKey(name)
                    || type.constants.containsKey(name)
                    || type.methods.containsKey(name);
        }

        void set(String name, Object value) {
            if (type.properties.containsKey(name)) {
                throw Unsure.UNSURE;
            }
            attributes.put(name, value);
        }

        Object call(Frame frame, String method, List<Object> arguments, Map<String, Object> named) {
            @Nullable Function function = type.methods.get(method);
            if (function == null || attributes.containsKey(method)) {
                throw Unsure.UNSURE;
            }
            return function.call(frame, with(this, arguments), named);
        }
    }
}
