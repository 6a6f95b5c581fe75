package dev.caracal.parsers.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what sets events apart from those expected, field by field. */
final class EventDifference {

    private static final int SHOWN = 200;
    private static final Set<String> NEVER_COMPARED =
            Set.of("p_row_id", "p_parse_time", "p_source_id", "p_source_label");
    private static final Set<String> COMPARED_IF_EXPECTED = Set.of("p_log_type", "p_event_time");

    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return found;
    }

    /**
     * @param place goes before what is said of the event
     */
    void compare(String place, JsonNode expected, JsonNode actual) {
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            String name = field.getKey();
            if (!NEVER_COMPARED.contains(name)) {
                value(place + name, field.getValue(), actual.path(name));
            }
        }
        for (Map.Entry<String, JsonNode> field : actual.properties()) {
            String name = field.getKey();
            if (!NEVER_COMPARED.contains(name) && !COMPARED_IF_EXPECTED.contains(name)) {
                unexpected(place + name, expected.path(name), field.getValue());
            }
        }
    }

    private void value(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            expected.properties()
                    .forEach(
                            m ->
                                    value(
                                            path + '.' + m.getKey(),
                                            m.getValue(),
                                            actual.path(m.getKey())));
            actual.properties()
                    .forEach(
                            m ->
                                    unexpected(
                                            path + '.' + m.getKey(),
                                            expected.path(m.getKey()),
                                            m.getValue()));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                value(path + '[' + i + ']', expected.get(i), actual.get(i));
            }
        } else if (!isSame(expected, actual)) {
            found.add(path + ": expected " + shown(expected) + ", found " + shown(actual));
        }
    }

    private void unexpected(String path, JsonNode expected, JsonNode actual) {
        if (expected.isMissingNode()) {
            found.add(path + ": expected nothing, found " + shown(actual));
        }
    }

    private static boolean isSame(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual) || (expected.isNull() && actual.isMissingNode());
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
