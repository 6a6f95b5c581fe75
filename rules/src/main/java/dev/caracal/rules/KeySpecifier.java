package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names a value of an event, as {@code Key}, {@code DeepKey} or {@code KeyPath} do. Field names are
 * found whatever their case, the exact spelling first.
 *
 * @param text as written, for messages
 */
record KeySpecifier(String text, List<Step> steps) {

    KeySpecifier {
        steps = List.copyOf(steps);
    }

    sealed interface Step permits Field, Index, EachElement {}

    record Field(String name) implements Step {}

    /**
     * @param index counted from 0, or from the end if negative
     */
    record Index(int index) implements Step {}

    /** {@code [*]}: what follows is looked up in every element, and gives a list. */
    record EachElement() implements Step {}

    static KeySpecifier key(String name) {
        return new KeySpecifier(name, List.of(new Field(name)));
    }

    /**
     * @param path such as {@code foo.bar[0].baz}, {@code foo[*].bar} or {@code "foo-bar".baz}
     * @throws IllegalArgumentException if it is none
     */
    static KeySpecifier path(String path) {
        return new KeySpecifier(path, new PathReader(path).steps());
    }

    /** The value; a missing node if there is none. */
    JsonNode in(JsonNode event) {
        return in(event, 0);
    }

    private JsonNode in(JsonNode from, int firstStep) {
        JsonNode value = from;
        for (int i = firstStep; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step instanceof EachElement) {
                return inEach(value, i + 1);
            }
            value = step instanceof Field field ? field(value, field.name()) : element(value, step);
        }
        return value;
    }

    private JsonNode inEach(JsonNode array, int nextStep) {
        if (!array.isArray()) {
            return MissingNode.getInstance();
        }
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            JsonNode value = in(element, nextStep);
            if (!value.isMissingNode()) {
                found.add(value);
            }
        }
        return found;
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode exact = object.path(name);
        if (!exact.isMissingNode() || !object.isObject()) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return exact;
    }

    private static JsonNode element(JsonNode array, Step step) {
        int index = ((Index) step).index();
        return array.path(index < 0 ? array.size() + index : index);
    }

    /** Reads the text of a {@code KeyPath}. */
    private static final class PathReader {
        private final String path;
        private int at;

        PathReader(String path) {
            this.path = path;
        }

        List<Step> steps() {
            var steps = new ArrayList<Step>();
            steps.add(name());
            while (at < path.length()) {
                char mark = path.charAt(at++);
                if (mark == '.') {
                    steps.add(name());
                } else if (mark == '[') {
                    steps.add(bracket());
                } else {
                    throw new IllegalArgumentException(
                            "expected '.' or '[' at character " + at + " of '" + path + "'");
                }
            }
            return steps;
        }

        private Step name() {
            if (at < path.length() && path.charAt(at) == '"') {
                at++;
                String name = until('"');
                return new Field(name);
            }
            int start = at;
            while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
                at++;
            }
            if (start == at) {
                throw new IllegalArgumentException("a name is missing in '" + path + "'");
            }
            return new Field(path.substring(start, at));
        }

        private Step bracket() {
            String inner = until(']');
            if (inner.equals("*")) {
                return new EachElement();
            }
            if (inner.length() > 1 && (inner.startsWith("'") || inner.startsWith("\""))) {
                return new Field(inner.substring(1, inner.length() - 1));
            }
            try {
                return new Index(Integer.parseInt(inner));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "expected a number or * in the brackets of '" + path + "'", e);
            }
        }

        private String until(char end) {
            int found = path.indexOf(end, at);
            if (found < 0) {
                throw new IllegalArgumentException("'" + path + "' has no closing " + end);
            }
            String text = path.substring(at, found);
            at = found + 1;
            return text;
        }
    }
}
