package dev.caracal.job.lake;

import java.io.Serializable;
import java.util.Set;

/**
 * Paths of the columns of text that hold more than text, such as {@code requestParameters} and,
 * below a list, {@code resources[].tags}.
 *
 * @param json those whose text is JSON
 * @param numberOrText those whose values are whole numbers, or else texts
 */
public record TextColumns(Set<String> json, Set<String> numberOrText) implements Serializable {

    /** All texts are texts. */
    public static final TextColumns NONE = new TextColumns(Set.of(), Set.of());

    public TextColumns {
        json = Set.copyOf(json);
        numberOrText = Set.copyOf(numberOrText);
    }
}
