package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a rule's YAML says of its alerts: {@code AlertTitle}, {@code GroupBy}, {@code
 * DynamicSeverities} and {@code AlertContext}, each empty if the YAML has none.
 *
 * @param title text parts and keys in turn
 * @param overridesFunctions whether it goes before the functions of the rule's Python, as in a
 *     derived rule
 */
record AlertTemplate(
        List<TitlePart> title,
        List<KeySpecifier> groupBy,
        List<DynamicSeverity> severities,
        Map<String, KeySpecifier> context,
        boolean overridesFunctions) {

    static final AlertTemplate NONE =
            new AlertTemplate(List.of(), List.of(), List.of(), Map.of(), false);

    private static final int MAX_TEXT = 1000;

    sealed interface TitlePart permits Text, Reference {}

    record Text(String text) implements TitlePart {}

    /** Stands for the value of a key. */
    record Reference(KeySpecifier key) implements TitlePart {}

    /** The severity of events of which the conditions are true. */
    record DynamicSeverity(Severity changeTo, MatchExpression conditions) {}

    boolean isEmpty() {
        return title.isEmpty() && groupBy.isEmpty() && severities.isEmpty() && context.isEmpty();
    }

    /** In the form of a rule's functions: from a function's name to what it gives. */
    Map<String, String> outputs(JsonNode event) {
        var outputs = new LinkedHashMap<String, String>();
        if (!title.isEmpty()) {
            outputs.put("title", cut(title(event)));
        }
        if (!groupBy.isEmpty()) {
            outputs.put(
                    "dedup",
                    cut(
                            groupBy.stream()
                                    .map(key -> text(key.in(event)))
                                    .collect(Collectors.joining(":"))));
        }
        severities.stream()
                .filter(severity -> severity.conditions().matches(event))
                .findFirst()
                .ifPresent(severity -> outputs.put("severity", severity.changeTo().name()));
        if (!context.isEmpty()) {
            outputs.put("alert_context", context(event).toString());
        }
        return outputs;
    }

    private String title(JsonNode event) {
        var text = new StringBuilder();
        for (TitlePart part : title) {
            text.append(
                    part instanceof Reference reference
                            ? text(reference.key().in(event))
                            : ((Text) part).text());
        }
        return text.toString();
    }

    private ObjectNode context(JsonNode event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        context.forEach(
                (name, key) -> {
                    JsonNode value = key.in(event);
                    json.set(name, value.isMissingNode() ? json.nullNode() : value);
                });
        return json;
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String cut(String text) {
        String mark = "... (truncated)";
        return text.length() <= MAX_TEXT
                ? text
                : text.substring(0, MAX_TEXT - mark.length()) + mark;
    }
}
