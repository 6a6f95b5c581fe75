package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled Python function.
 *
 * <p>Its body is compiled when it is first called, so that functions may call each other.
 */
final class Function {

    /**
     * @param parameters by position
     * @param defaults of the parameters that may be left out, by name
     * @param size how many local variables a call holds
     */
    record Body(
            List<String> parameters,
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

    /** Calls it; a null frame starts anew. */
    Object call(@Nullable Frame caller, List<Object> arguments, Map<String, Object> named) {
        Body called = body();
        Frame frame = caller == null ? new Frame(called.size()) : caller.call(called.size());
        List<String> parameters = called.parameters();
        if (arguments.size() > parameters.size()) {
            throw Unsure.UNSURE;
        }
        int bound = 0;
        for (int i = 0; i < parameters.size(); i++) {
            String parameter = parameters.get(i);
            Object value = named.get(parameter);
            if (value != null) {
                bound++;
            }
            if (i < arguments.size()) {
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
