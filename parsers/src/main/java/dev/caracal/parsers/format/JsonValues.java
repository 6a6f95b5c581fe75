package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldPath;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values of a JSON object, found in a pass of their own over its text. */
final class JsonValues implements SourceValues {

    private static final int ABSENT = -1;

    /** The paths that begin with the same keys. */
    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private int path = ABSENT;
    }

    private final Node root = new Node();
    private final UnaryOperator<String> keyCase;
    private final int[] starts;
    private final int[] ends;
    private final JsonCursor finder = new JsonCursor();
    private final JsonCursor record;

    /**
     * @param record the cursor that values are converted from
     */
    JsonValues(List<FieldPath> paths, boolean caseInsensitive, JsonCursor record) {
        this.keyCase = caseInsensitive ? MemberTable::lowerCase : UnaryOperator.identity();
        this.record = record;
        this.starts = new int[paths.size()];
        this.ends = new int[paths.size()];
        for (int i = 0; i < paths.size(); i++) {
            Node node = root;
            for (String key : paths.get(i).keys()) {
                node = node.next.computeIfAbsent(keyCase.apply(key), k -> new Node());
            }
            node.path = i;
        }
    }

    /** Finds the values in the object from {@code start} to where the record's cursor is. */
    void find(int start) throws MismatchException {
        Arrays.fill(starts, ABSENT);
        finder.reset(record.bytes(), start, record.position() - start);
        value(root);
    }

    private void value(Node node) throws MismatchException {
        int first = finder.peek();
        int start = finder.position();
        if (first == '{' && !node.next.isEmpty()) {
            object(node);
        } else if (first == '[' && !node.next.isEmpty()) {
            list(node);
        } else {
            finder.skip();
        }
        if (node.path != ABSENT && starts[node.path] == ABSENT && first != 'n') {
            starts[node.path] = start;
            ends[node.path] = finder.position();
        }
    }

    private void object(Node node) throws MismatchException {
        finder.expect('{');
        while (finder.peek() != '}') {
            finder.readString();
            Node next = node.next.get(keyCase.apply(finder.text().toString()));
            finder.expect(':');
            element(next);
        }
        finder.expect('}');
    }

    private void list(Node node) throws MismatchException {
        finder.expect('[');
        for (int i = 0; finder.peek() != ']'; i++) {
            element(node.next.get(Integer.toString(i)));
        }
        finder.expect(']');
    }

    private void element(@Nullable Node node) throws MismatchException {
        if (node == null) {
            finder.skip();
        } else {
            value(node);
        }
        if (finder.peek() == ',') {
            finder.expect(',');
        }
    }

    @Override
    public boolean has(int path) {
        return starts[path] != ABSENT;
    }

    @Override
    public void append(int path, ByteArrayOutputStream out) throws MismatchException {
        finder.moveTo(starts[path]);
        finder.peek();
        ValueConverter.readScalar(finder, "text");
        JsonText text = finder.text();
        out.write(text.bytes(), text.offset(), text.length());
    }

    @Override
    public void copy(int path, Member member, long object) throws MismatchException {
        record.reset(finder.bytes(), starts[path], ends[path] - starts[path]);
        member.json(record, object);
    }
}
