package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;

/** A lambda, whose parameters are variables of the call that made it. */
final class Lambda implements Callable {

    private final Frame frame;
    private final int[] parameters;
    private final Expression body;
    private boolean running;

    Lambda(Frame frame, int[] parameters, Expression body) {
        this.frame = frame;
        this.parameters = parameters;
        this.body = body;
    }

    @Override
    public Object call(Frame caller, List<Object> arguments, Map<String, Object> named) {
        boolean plain =
                caller == frame
                        && !running
                        && named.isEmpty()
                        && arguments.size() == parameters.length;
        if (!plain) {
            throw Unsure.UNSURE;
        }
        frame.step();
        running = true;
        try {
            for (int i = 0; i < parameters.length; i++) {
                frame.set(parameters[i], arguments.get(i));
            }
            return body.evaluate(frame);
        } finally {
            running = false;
        }
    }
}
