package dev.caracal.parsers.schema;

import java.util.List;

/**
 * Where the value of a field comes from. Paths begin at the object that the field is in, and see
 * what the sources before them in this list give: a path may name a renamed field, that of a
 * concatenation also a copied one, that of a split also a concatenated one.
 */
public sealed interface FieldSource {

    /** The value under a key: the field's name, unless {@code rename} gives another. */
    record Key(String name) implements FieldSource {}

    /** The value at a path. */
    record Copy(FieldPath from) implements FieldSource {}

    /** The texts at some paths, one after another; those that are missing are left out. */
    record Concat(String separator, List<FieldPath> paths) implements FieldSource {
        public Concat {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A part of the text at a path, if it has so many.
     *
     * @param index from 0
     */
    record Split(FieldPath from, String separator, int index) implements FieldSource {}
}
