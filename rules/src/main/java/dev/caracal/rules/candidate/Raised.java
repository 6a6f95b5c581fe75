package dev.caracal.rules.candidate;

import java.util.Map;
import java.util.Set;

/** An exception that Python certainly raises. Beyond the function, it is Python's to tell of it. */
final class Raised extends Unsure {

    private static final long serialVersionUID = 1L;

    static final Raised VALUE_ERROR = new Raised("ValueError");
    static final Raised ADDRESS_VALUE_ERROR = new Raised("AddressValueError");
    static final Raised KEY_ERROR = new Raised("KeyError");
    static final Raised ATTRIBUTE_ERROR = new Raised("AttributeError");

    /** By class, the names of it and of those above it. */
    private static final Map<String, Set<String>> CLASSES =
            Map.of(
                    "ValueError", Set.of("ValueError", "Exception"),
                    "AddressValueError", Set.of("AddressValueError", "ValueError", "Exception"),
                    "KeyError", Set.of("KeyError", "Exception"),
                    "AttributeError", Set.of("AttributeError", "Exception"));

    private final String name;

    private Raised(String name) {
        super(name);
        this.name = name;
    }

    boolean isA(String exception) {
        return CLASSES.getOrDefault(name, Set.of()).contains(exception);
    }
}
