package dev.caracal.rules.candidate;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local variables of a function being compiled, and those of comprehensions within it. */
final class Scope {

    private final Map<String, Integer> slots = new HashMap<>();
    private int size;
    private int comprehensions;

    int slot(String name) {
        return slots.computeIfAbsent(name, key -> size++);
    }

    @Nullable Integer find(String name) {
        return slots.get(name);
    }

    /** Hides a name behind a new variable; what it returns goes to {@link #restore}. */
    @Nullable Integer hide(String name) {
        return slots.put(name, size++);
    }

    void restore(String name, @Nullable Integer hidden) {
        if (hidden == null) {
            slots.remove(name);
        } else {
            slots.put(name, hidden);
        }
    }

    /** From here on, until it is left, names are those of a comprehension or lambda. */
    void enterComprehension() {
        comprehensions++;
    }

    void leaveComprehension() {
        comprehensions--;
    }

    boolean isInComprehension() {
        return comprehensions > 0;
    }

    int size() {
        return size;
    }
}
