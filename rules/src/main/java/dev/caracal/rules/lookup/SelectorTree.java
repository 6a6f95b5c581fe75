package dev.caracal.rules.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the values of several selectors in one pass over an event's JSON. */
final class SelectorTree {

    private static final JsonFactory JSON = new JsonFactory();

    private final Node root = new Node();
    private final int size;

    SelectorTree(List<Selector> selectors) {
        size = selectors.size();
        for (int i = 0; i < size; i++) {
            Node node = root;
            for (String step : selectors.get(i).path()) {
                node =
                        step.equals(Selector.EACH)
                                ? node.each()
                                : node.fields.computeIfAbsent(step, name -> new Node());
            }
            node.selectors.add(i);
        }
    }

    /**
     * The values of one selector.
     *
     * @param isList whether they were in a list, of any length
     */
    record Found(List<Value> values, boolean isList) {}

    /**
     * A text or a number.
     *
     * @param isText whether it is no number
     */
    record Value(String text, boolean isText) {}

    private static final class Node {
        private final Map<String, Node> fields = new HashMap<>();
        private final List<Integer> selectors = new ArrayList<>();
        private @Nullable Node each;

        Node each() {
            Node node = each == null ? new Node() : each;
            each = node;
            return node;
        }
    }

    /**
     * What each selector finds; null where it is nothing.
     *
     * @throws IOException if it is no JSON
     */
    @Nullable Found[] find(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            Search search = new Search(parser, new @Nullable Found[size]);
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                search.object(root, false);
            }
            return search.found;
        }
    }

    private record Search(JsonParser parser, @Nullable Found[] found) {

        void object(Node node, boolean inList) throws IOException {
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                Node field = node.fields.get(name);
                parser.nextToken();
                if (field == null) {
                    parser.skipChildren();
                } else {
                    value(field, inList);
                }
            }
        }

        private void value(Node node, boolean inList) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.START_OBJECT) {
                object(node, inList);
            } else if (token == JsonToken.START_ARRAY) {
                array(node);
            } else {
                scalar(node, token, inList);
            }
        }

        private void array(Node node) throws IOException {
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_ARRAY;
                    token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    scalar(node, token, true);
                }
                if (node.each != null) {
                    value(node.each, true);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void scalar(Node node, JsonToken token, boolean inList) throws IOException {
            boolean isText = token == JsonToken.VALUE_STRING;
            if (!isText && !token.isNumeric()) {
                return;
            }
            for (int selector : node.selectors) {
                Found before = found[selector];
                Found now = before == null ? new Found(new ArrayList<>(), inList) : before;
                now.values().add(new Value(parser.getText(), isText));
                found[selector] = now;
            }
        }
    }
}
