package dev.caracal.rules.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a loop over a value goes through. */
final class Iteration {

    private Iteration() {}

    static Items values(Object value) {
        if (value instanceof Items items) {
            return items;
        }
        if (value instanceof Mapping mapping) {
            return new Items(
                    Items.Kind.VIEW, List.copyOf(PythonValues.members(mapping).keySet()), Set.of());
        }
        if (value instanceof String text && PythonValues.isAscii(text)) {
            List<Object> characters = new ArrayList<>(text.length());
            for (int i = 0; i < text.length(); i++) {
                characters.add(String.valueOf(text.charAt(i)));
            }
            return Items.list(characters);
        }
        throw Unsure.UNSURE;
    }
}
