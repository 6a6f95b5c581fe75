package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the places in events that rules ask for: the event itself is 0. */
final class Paths {

    /** Beyond it, new ones are {@link #NONE}: keys that a rule makes up are without end. */
    private static final int MAX_PATHS = 2000;

    static final int ROOT = 0;
    static final int NONE = -1;

    /** The place of a key's value. */
    record Step(int parent, String key) {}

    private final List<Step> steps = new ArrayList<>(List.of(new Step(NONE, "")));
    private final Map<Step, Integer> numbers = new HashMap<>();

    int size() {
        return steps.size();
    }

    Step step(int path) {
        return steps.get(path);
    }

    /** The number of the key's value in the object at a path. */
    int inner(int parent, String key) {
        Step step = new Step(parent, key);
        Integer known = numbers.get(step);
        if (known != null) {
            return known;
        }
        if (steps.size() == MAX_PATHS) {
            return NONE;
        }
        steps.add(step);
        numbers.put(step, steps.size() - 1);
        return steps.size() - 1;
    }
}
