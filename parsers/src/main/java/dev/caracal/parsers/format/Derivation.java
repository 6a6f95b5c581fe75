package dev.caracal.parsers.format;

import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldPath;
import dev.caracal.parsers.schema.FieldSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Works out of which values of the record the derived fields of an object are made: a path may name
 * another field of the schema, which stands for where that one has its value from.
 */
final class Derivation {

    /** The kinds of sources, in the order in which they apply. */
    private enum Kind {
        KEY,
        COPY,
        CONCAT,
        SPLIT
    }

    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, SourceText> texts = new HashMap<>();
    private final List<FieldPath> paths = new ArrayList<>();
    private final Set<FieldPath> hidden = new LinkedHashSet<>();

    Derivation(List<Field> fields) {
        fields.forEach(field -> this.fields.put(field.name(), field));
        for (Field field : fields) {
            if (kind(field.source()) == Kind.KEY) {
                continue;
            }
            Set<FieldPath> used = new LinkedHashSet<>();
            texts.put(field.name(), text(field.name(), field.source(), used));
            for (FieldPath path : used) {
                boolean itself = path.keys().equals(List.of(field.name()));
                if (itself || field.type().isMasked()) {
                    hidden.add(path);
                }
            }
        }
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** How the text of a derived field is made. */
    SourceText text(String field) {
        SourceText text = texts.get(field);
        if (text == null) {
            throw new IllegalArgumentException("Not derived: " + field);
        }
        return text;
    }

    /** The paths in the record that the texts are made of. */
    List<FieldPath> paths() {
        return paths;
    }

    /**
     * Values that must not appear under their own names: those that a masked field is made of, and
     * one that a field of the same name replaces.
     */
    Set<FieldPath> hidden() {
        return hidden;
    }

    private SourceText text(String field, FieldSource source, Set<FieldPath> used) {
        if (source instanceof FieldSource.Concat concat) {
            List<SourceText> parts = new ArrayList<>();
            for (FieldPath path : concat.paths()) {
                parts.add(resolve(field, path, Kind.CONCAT, used));
            }
            return new SourceText.Joined(bytes(concat.separator()), parts);
        }
        if (source instanceof FieldSource.Split split) {
            return new SourceText.Part(
                    resolve(field, split.from(), Kind.SPLIT, used),
                    bytes(split.separator()),
                    split.index());
        }
        if (source instanceof FieldSource.Copy copy) {
            return resolve(field, copy.from(), Kind.COPY, used);
        }
        throw new IllegalArgumentException("Not derived: " + field);
    }

    /** What a path stands for in a source of that kind. */
    private SourceText resolve(String field, FieldPath path, Kind kind, Set<FieldPath> used) {
        Field named = path.head().equals(field) ? null : fields.get(path.head());
        if (named == null || kind(named.source()).compareTo(kind) >= 0) {
            return at(path, used);
        }
        if (named.source() instanceof FieldSource.Key key) {
            return at(path.withHead(key.name()), used);
        }
        if (named.source() instanceof FieldSource.Copy copy) {
            FieldPath from = path.tail().after(copy.from());
            return resolve(named.name(), from, Kind.COPY, used);
        }
        return path.keys().size() == 1 ? text(named.name(), named.source(), used) : at(path, used);
    }

    private SourceText at(FieldPath path, Set<FieldPath> used) {
        used.add(path);
        int index = paths.indexOf(path);
        if (index < 0) {
            index = paths.size();
            paths.add(path);
        }
        return new SourceText.At(index);
    }

    private static Kind kind(FieldSource source) {
        if (source instanceof FieldSource.Copy) {
            return Kind.COPY;
        }
        if (source instanceof FieldSource.Concat) {
            return Kind.CONCAT;
        }
        return source instanceof FieldSource.Split ? Kind.SPLIT : Kind.KEY;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
