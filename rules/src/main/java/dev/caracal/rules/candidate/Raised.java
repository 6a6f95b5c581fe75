package dev.caracal.rules.candidate;

import java.util.Set;

/** An exception that Python certainly raises. Beyond the function, it is Python's to tell of it. */
final class Raised extends Unsure {

    private static final long serialVersionUID = 1L;

    static final Raised VALUE_ERROR = new Raised(Set.of("ValueError", "Exception"));
    static final Raised ADDRESS_VALUE_ERROR =
            new Raised(Set.of("ipaddress.AddressValueError", "ValueError", "Exception"));
    static final Raised JSON_ERROR =
            new Raised(Set.of("json.decoder.JSONDecodeError", "ValueError", "Exception"));
    static final Raised KEY_ERROR = new Raised(Set.of("KeyError", "LookupError", "Exception"));
    static final Raised INDEX_ERROR = new Raised(Set.of("IndexError", "LookupError", "Exception"));
    static final Raised TYPE_ERROR = new Raised(Set.of("TypeError", "Exception"));
    static final Raised ATTRIBUTE_ERROR = new Raised(Set.of("AttributeError", "Exception"));

    private final transient Set<String> classes;

    /**
     * @param classes the names of its class and of those above it
     */
    Raised(Set<String> classes) {
        super("raised");
        this.classes = classes;
    }

    boolean isA(String exception) {
        return classes.contains(exception);
    }
}
