package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.ColumnName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The members of an object that its schema does not list: copied under their own name, made a
 * {@link ColumnName}, unless they are null.
 *
 * <p>A name that is taken, because it appears twice or another becomes the same but for the case of
 * letters, which query engines ignore, gets a {@code _} after it, the next one {@code _2} and so
 * on. At the top level a name that begins with {@code p_} gets one before it: no record can give
 * itself core fields.
 */
final class OtherMembers {

    /** Jackson's default limit, which readers of the events have. */
    private static final int MAX_NAME_LENGTH = 50_000;

    private final Set<String> columns;
    private final Set<String> hidden;
    private final UnaryOperator<String> keyCase;
    private final boolean topLevel;
    private final EventBuilder builder;
    private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Integer> copies = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param columns names that fields of the schema have
     * @param hidden names of members that are left out
     * @param caseInsensitive whether the case of hidden names does not matter
     */
    OtherMembers(
            Set<String> columns,
            Set<String> hidden,
            boolean caseInsensitive,
            boolean topLevel,
            EventBuilder builder) {
        this.columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        this.columns.addAll(columns);
        this.keyCase = caseInsensitive ? MemberTable::lowerCase : UnaryOperator.identity();
        this.hidden = hidden.stream().map(keyCase).collect(Collectors.toUnmodifiableSet());
        this.topLevel = topLevel;
        this.builder = builder;
    }

    void begin() {
        if (!taken.isEmpty()) {
            taken.clear();
            copies.clear();
        }
    }

    /** Copies the member whose name the cursor has just passed over. */
    void json(JsonCursor cursor) throws MismatchException {
        JsonText text = cursor.text();
        if (text.length() > MAX_NAME_LENGTH) {
            throw new MismatchException("a field name of " + text.length() + " bytes is too long");
        }
        String name = text.toString();
        if (isHidden(name)) {
            leaveOut(cursor);
            return;
        }
        cursor.expect(':');
        if (cursor.peek() == 'n') {
            cursor.readLiteral("null");
            return;
        }
        key(name);
        builder.copier().copy();
    }

    /** Passes over the member whose name the cursor has just passed over. */
    void leaveOut(JsonCursor cursor) throws MismatchException {
        cursor.expect(':');
        int mark = builder.out().length();
        builder.copier().copy();
        builder.out().rollback(mark);
    }

    /** Writes text under a name of its own. */
    void text(String name, byte[] bytes, int offset, int length) {
        if (isHidden(name)) {
            return;
        }
        key(name);
        builder.out().string(bytes, offset, length);
    }

    /** Counts copies, so that a record with thousands of equal names costs no more than others. */
    private String free(String column) {
        String free = column;
        while (columns.contains(free) || !taken.add(free)) {
            int copy = copies.merge(column, 1, Integer::sum);
            free = column + (copy == 1 ? "_" : "_" + copy);
        }
        return free;
    }

    private boolean isHidden(String name) {
        return !hidden.isEmpty() && hidden.contains(keyCase.apply(name));
    }

    private void key(String name) {
        String column = ColumnName.of(name);
        if (topLevel && column.startsWith("p_")) {
            column = "_" + column;
        }
        column = free(column);
        JsonOutput out = builder.out();
        out.separate();
        byte[] bytes = column.getBytes(StandardCharsets.UTF_8);
        out.string(bytes, 0, bytes.length);
        out.raw(':');
    }
}
