package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many elements of a list an expression has to be true of. Where there is no list, only {@link
 * #NO_ELEMENT} holds.
 */
enum ListCondition {
    ANY_ELEMENT("AnyElement"),
    ALL_ELEMENTS("AllElements"),
    ONLY_ONE_ELEMENT("OnlyOneElement"),
    NO_ELEMENT("NoElement");

    private final String yamlName;

    ListCondition(String yamlName) {
        this.yamlName = yamlName;
    }

    String yamlName() {
        return yamlName;
    }

    /**
     * @param matching number of elements of which the expression is true
     */
    boolean holds(JsonNode list, int matching) {
        return switch (this) {
            case ANY_ELEMENT -> matching > 0;
            case ALL_ELEMENTS -> list.isArray() && matching == list.size();
            case ONLY_ONE_ELEMENT -> matching == 1;
            case NO_ELEMENT -> matching == 0;
        };
    }
}
