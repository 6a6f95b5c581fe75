package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;

/** What can be called: a function, or a lambda. */
interface Callable {

    /**
     * @param caller the frame of the call
     * @throws Unsure if only Python can tell, or would raise
     */
    Object call(Frame caller, List<Object> arguments, Map<String, Object> named);
}
