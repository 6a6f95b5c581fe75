package dev.caracal.parsers.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a text record has for named fields: slices of arrays. */
final class TextRow {

    private static final int ABSENT = -1;
    private static final byte[] NOTHING = {};

    private final List<String> names;
    private final List<FieldTemplate> templates;
    private final @Nullable Member[] members;
    private final byte[][] bytes;
    private final int[] offsets;
    private final int[] lengths;

    /**
     * @param found the names of the fields that a parser finds
     * @param expandFields templates of further fields, by name
     */
    TextRow(List<String> found, Map<String, String> expandFields, TextEvent event) {
        List<String> all = new ArrayList<>(found);
        expandFields.keySet().stream().filter(name -> !found.contains(name)).forEach(all::add);
        names = List.copyOf(all);
        templates =
                expandFields.entrySet().stream()
                        .map(e -> new FieldTemplate(indexOf(e.getKey()), e.getValue(), this))
                        .toList();
        members = new Member[names.size()];
        Arrays.setAll(members, field -> event.find(names.get(field)));
        bytes = new byte[names.size()][];
        offsets = new int[names.size()];
        lengths = new int[names.size()];
        clear();
    }

    /** Makes all fields absent. */
    void clear() {
        Arrays.fill(bytes, NOTHING);
        Arrays.fill(lengths, ABSENT);
    }

    void set(int field, byte[] source, int offset, int length) {
        bytes[field] = source;
        offsets[field] = offset;
        lengths[field] = length;
    }

    void drop(int field) {
        lengths[field] = ABSENT;
    }

    /** Takes the blanks off both ends of a value. */
    void trim(int field) {
        byte[] source = bytes[field];
        int start = offsets[field];
        int end = start + lengths[field];
        while (start < end && isBlank(source[start])) {
            start++;
        }
        while (end > start && isBlank(source[end - 1])) {
            end--;
        }
        offsets[field] = start;
        lengths[field] = end - start;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    List<FieldTemplate> templates() {
        return templates;
    }

    int size() {
        return names.size();
    }

    String name(int field) {
        return names.get(field);
    }

    /** The field of the schema, null if it has none of that name. */
    @Nullable Member member(int field) {
        return members[field];
    }

    /** The first field of that name, or -1. */
    int indexOf(String name) {
        return names.indexOf(name);
    }

    boolean has(int field) {
        return lengths[field] != ABSENT;
    }

    byte[] bytes(int field) {
        return bytes[field];
    }

    int offset(int field) {
        return offsets[field];
    }

    int length(int field) {
        return lengths[field];
    }
}
