package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled Python function.
 *
 * <p>Its body is compiled when it is first called, so that functions may call each other.
 */
final class Function implements Callable {

    /**
     * @param parameters by position, then those that are only given by name
     * @param positional how many are given by position
     * @param rest the variable for more arguments by position, -1 if there is none
     * @param defaults of the parameters that may be left out, by name
     * @param size how many local variables a call holds
     */
    record Body(
            List<String> parameters,
            int positional,
            int rest,
            Map<String, Object> defaults,
            int size,
            Statement statements) {}

    interface Source {
        Body compile();
    }

    private final Source source;
    private @Nullable Body body;

    Function(Source source) {
        this.source = source;
    }

    Body body() {
        Body compiled = body;
        if (compiled == null) {
            compiled = source.compile();
            body = compiled;
        }
        return compiled;
    }

    /** Calls it with an event, as the first call of an evaluation. */
    Object call(Object event, Evaluation evaluation) {
        return call(new Frame(body().size(), evaluation), body(), List.of(event), Map.of());
    }

    @Override
    public Object call(Frame caller, List<Object> arguments, Map<String, Object> named) {
        Body called = body();
        return call(caller.call(called.size()), called, arguments, named);
    }

    private static Object call(
            Frame frame, Body called, List<Object> arguments, Map<String, Object> named) {
        List<String> parameters = called.parameters();
        int given = Math.min(arguments.size(), called.positional());
        if (called.rest() >= 0) {
            List<Object> more = List.copyOf(arguments.subList(given, arguments.size()));
            frame.set(called.rest(), Items.of(Items.Kind.TUPLE, more));
        } else if (arguments.size() > given) {
            throw Unsure.UNSURE;
        }
        int bound = 0;
        for (int i = 0; i < parameters.size(); i++) {
            String parameter = parameters.get(i);
            Object value = named.isEmpty() ? null : named.get(parameter);
            if (value != null) {
                bound++;
            }
            if (i < given) {
                if (value != null) {
                    throw Unsure.UNSURE;
                }
                value = arguments.get(i);
            }
            if (value == null) {
                value = called.defaults().get(parameter);
            }
            if (value == null) {
                throw Unsure.UNSURE;
            }
            frame.set(i, value);
        }
        if (bound < named.size()) {
            throw Unsure.UNSURE;
        }
        Object returned = called.statements().execute(frame);
        return frame.result(returned == null ? Special.NONE : returned);
    }
}
