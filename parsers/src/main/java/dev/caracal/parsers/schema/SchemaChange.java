package dev.caracal.parsers.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A change of a schema that is refused, because events stored before it would no longer fit: a
 * field that is gone, and be it by another name, or has another type.
 *
 * <p>Fields may be added, and everything else of them may change: description, {@code required},
 * indicators, time formats; so may the parser.
 *
 * @param file where the field stands: of the new schema, or of the old one if it is gone
 * @param line from 1
 * @param field its path, for example {@code actor.id} or, below an array, {@code target[].id}
 * @param before the type it had
 * @param after the type it has now, empty if it is gone
 */
public record SchemaChange(String file, int line, String field, String before, String after) {

    public SchemaChange {
        Objects.requireNonNull(file, "file is null");
        Objects.requireNonNull(field, "field is null");
        Objects.requireNonNull(before, "before is null");
        Objects.requireNonNull(after, "after is null");
    }

    /**
     * The changes that are refused, none if the new schema may replace the old one.
     *
     * @throws IllegalArgumentException if they are schemas of two log types
     */
    public static List<SchemaChange> check(SchemaFile before, SchemaFile after) {
        String name = before.schema().name();
        if (!after.schema().name().equals(name)) {
            throw new IllegalArgumentException(
                    after.name()
                            + ": expected schema "
                            + name
                            + " as in "
                            + before.name()
                            + ", found "
                            + after.schema().name());
        }
        Comparison comparison = new Comparison(before, after);
        comparison.fields(before.schema().fields(), after.schema().fields(), List.of(), "");
        return comparison.refused;
    }

    /** For example {@code my.yml, line 7: field 'actor.id' was int and cannot become string}. */
    @Override
    public String toString() {
        String what = after.isEmpty() ? " cannot be removed or renamed" : " cannot become " + after;
        return file + ", line " + line + ": field '" + field + "' was " + before + " and" + what;
    }

    private static final class Comparison {

        private final SchemaFile before;
        private final SchemaFile after;
        private final List<SchemaChange> refused = new ArrayList<>();

        Comparison(SchemaFile before, SchemaFile after) {
            this.before = before;
            this.after = after;
        }

        void fields(List<Field> old, List<Field> current, List<String> path, String prefix) {
            Map<String, Field> byColumn =
                    current.stream()
                            .collect(
                                    Collectors.toMap(
                                            field -> ColumnName.of(field.name()),
                                            Function.identity()));
            for (Field field : old) {
                Field same = byColumn.get(ColumnName.of(field.name()));
                String shown = prefix + field.name();
                if (same == null) {
                    int line = before.line(append(path, field.name()));
                    String type = TypeName.of(field.type());
                    refused.add(new SchemaChange(before.name(), line, shown, type, ""));
                } else {
                    type(field.type(), same.type(), append(path, same.name()), shown);
                }
            }
        }

        private void type(FieldType old, FieldType current, List<String> path, String shown) {
            String was = TypeName.of(old);
            String is = TypeName.of(current);
            if (!was.equals(is)) {
                refused.add(new SchemaChange(after.name(), after.line(path), shown, was, is));
            } else if (old instanceof FieldType.ArrayType oldType
                    && current instanceof FieldType.ArrayType currentType) {
                type(oldType.element(), currentType.element(), path, shown + "[]");
            } else if (old instanceof FieldType.ObjectType oldType
                    && current instanceof FieldType.ObjectType currentType) {
                fields(oldType.fields(), currentType.fields(), path, shown + '.');
            }
        }

        private static List<String> append(List<String> path, String name) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return longer;
        }
    }
}
