package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.parsers.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Python said of one rule and one event: it matched, with its functions' outputs and failures,
 * or it failed. The fall-backs for missing and failed functions are Panther's.
 *
 * @param error present if rule() itself failed
 */
record RuleOutcome(
        String ruleId,
        Optional<RuleFailure> error,
        Map<String, String> outputs,
        Map<String, RuleFailure> errors) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    static RuleOutcome failed(String ruleId, RuleFailure failure) {
        return new RuleOutcome(ruleId, Optional.of(failure), Map.of(), Map.of());
    }

    /**
     * Of a match.
     *
     * @param raising functions that raised an exception of which nothing but that is known
     */
    static RuleOutcome of(String ruleId, Map<String, String> outputs, Set<String> raising) {
        Map<String, RuleFailure> errors = raising.isEmpty() ? Map.of() : new LinkedHashMap<>();
        raising.forEach(function -> errors.put(function, RuleFailure.UNTOLD));
        return new RuleOutcome(ruleId, Optional.empty(), outputs, errors);
    }

    /** Of a list of outcomes, or of a single one or null. */
    static List<RuleOutcome> read(String json) {
        try {
            var outcomes = new ArrayList<RuleOutcome>();
            JsonNode tree = JSON.readTree(json);
            if (tree.isObject()) {
                outcomes.add(of(tree));
            }
            if (tree.isArray()) {
                tree.forEach(outcome -> outcomes.add(of(outcome)));
            }
            return outcomes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("judge.py wrote no JSON: " + json, e);
        }
    }

    private static RuleOutcome of(JsonNode outcome) {
        var outputs = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> output : outcome.path("outputs").properties()) {
            JsonNode value = output.getValue();
            if (!value.isNull()) {
                outputs.put(output.getKey(), value.isTextual() ? value.asText() : value.toString());
            }
        }
        var errors = new LinkedHashMap<String, RuleFailure>();
        for (Map.Entry<String, JsonNode> error : outcome.path("errors").properties()) {
            errors.put(error.getKey(), RuleFailure.of(error.getValue()));
        }
        JsonNode error = outcome.get("error");
        return new RuleOutcome(
                outcome.path("rule").asText(),
                Optional.ofNullable(error).map(RuleFailure::of),
                outputs,
                errors);
    }

    /** A heap that is full stops the whole process for as long as a rule that runs too long. */
    boolean isOutOfMemory() {
        return Stream.concat(error.stream(), errors.values().stream())
                .anyMatch(failure -> failure.kind().equals(RuleFailure.OUT_OF_MEMORY));
    }

    /** This with what the rule's YAML says of its alerts. */
    RuleOutcome with(AlertTemplate template, EventTree event) {
        if (template.isEmpty() || error.isPresent()) {
            return this;
        }
        Map<String, String> templated = template.outputs(event.root());
        var allOutputs = new LinkedHashMap<>(outputs);
        var allErrors = new LinkedHashMap<>(errors);
        templated.forEach(
                (function, output) -> {
                    if (template.overridesFunctions()) {
                        allErrors.remove(function);
                        allOutputs.put(function, output);
                    } else if (!errors.containsKey(function)) {
                        allOutputs.putIfAbsent(function, output);
                    }
                });
        return new RuleOutcome(ruleId, error, allOutputs, allErrors);
    }

    Match match(RuleMetadata rule, Event event) {
        if (error.isPresent()) {
            RuleFailure failure = error.get();
            return match(rule, event, true, failure.text(), failure.signature(), failure.json());
        }
        return match(rule, event, false, title(rule), dedup(rule), alertContext());
    }

    private Match match(
            RuleMetadata rule,
            Event event,
            boolean isError,
            String title,
            String dedup,
            String alertContext) {
        return new Match(
                rule.ruleId(),
                rule.version(),
                isError,
                severity(rule),
                title,
                dedup,
                rule.dedupPeriodMinutes(),
                rule.threshold(),
                rule.createAlert(),
                isError
                        ? String.join("\n", error.orElseThrow().trace())
                        : text("description", rule.description()),
                text("runbook", rule.runbook()),
                text("reference", rule.reference()),
                rule.tags(),
                rule.reports(),
                destinations(rule),
                outputs.getOrDefault("unique", ""),
                alertContext,
                event.logType(),
                event.rowId(),
                event.eventTimeMillis(),
                event.json());
    }

    private String title(RuleMetadata rule) {
        return text("title", errors.containsKey("title") ? rule.ruleId() : rule.displayName());
    }

    private String dedup(RuleMetadata rule) {
        String dedup = text("dedup", "");
        if (!dedup.isEmpty()) {
            return dedup;
        }
        boolean hasDedup = outputs.containsKey("dedup") || errors.containsKey("dedup");
        boolean hasTitle = outputs.containsKey("title") || errors.containsKey("title");
        if (!hasDedup && hasTitle) {
            String title = title(rule);
            if (!title.isEmpty()) {
                return title;
            }
        }
        return "defaultDedupString:" + rule.ruleId();
    }

    private Severity severity(RuleMetadata rule) {
        if (errors.containsKey("severity")) {
            return Severity.INFO;
        }
        String severity = outputs.get("severity");
        return severity == null ? rule.severity() : Severity.valueOf(severity);
    }

    private @Nullable List<String> destinations(RuleMetadata rule) {
        String json = outputs.get("destinations");
        if (json == null) {
            return rule.outputIds().isEmpty() ? null : rule.outputIds();
        }
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("judge.py wrote no list: " + json, e);
        }
    }

    private String alertContext() {
        RuleFailure failure = errors.get("alert_context");
        if (failure == null) {
            return outputs.getOrDefault("alert_context", "{}");
        }
        ObjectNode context = JSON.createObjectNode();
        return context.put("_error", failure.text()).toString();
    }

    private String text(String function, String missing) {
        String text = outputs.getOrDefault(function, "");
        return text.isEmpty() ? missing : text;
    }
}
