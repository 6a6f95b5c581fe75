package dev.caracal.rules.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compiles what syntax.py describes: one function and those that it calls. */
final class SyntaxCompiler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RULE_CACHE = "rule_cache";

    private final JsonNode descriptions;
    private final JsonNode entries;
    private final JsonNode classDescriptions;
    private final Map<String, Function> functions = new HashMap<>();
    private final Map<String, PythonClass> classes = new HashMap<>();

    /**
     * @param description the JSON that syntax.py writes of several functions
     */
    private SyntaxCompiler(JsonNode description) {
        descriptions = description.path("functions");
        entries = description.path("entries");
        classDescriptions = description.path("classes");
    }

    /**
     * @param syntax JSON text, not empty
     */
    static SyntaxCompiler read(String syntax) {
        try {
            return new SyntaxCompiler(JSON.readTree(syntax));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The syntax is no JSON", e);
        }
    }

    /** What the description says, in JSON. */
    JsonNode functions() {
        return descriptions;
    }

    /** Whether no entry, nor what it calls, asks for the time or the rule cache. */
    boolean goesByEventAlone() {
        return entries().stream().noneMatch(entry -> asksForTime(entry) || asksCache(entry));
    }

    /** Whether the function of an entry, or one that it calls, asks for the time. */
    boolean asksForTime(String entry) {
        return has(
                entries.path(entry),
                node ->
                        node.path("builtin").asText().equals("time")
                                || node.path("type").asText().equals("datetime"),
                new HashSet<>());
    }

    private boolean asksCache(String entry) {
        return has(
                entries.path(entry),
                node -> node.path("builtin").asText().equals(RULE_CACHE),
                new HashSet<>());
    }

    private boolean has(JsonNode node, Predicate<JsonNode> wanted, Set<String> seen) {
        if (wanted.test(node)) {
            return true;
        }
        // Any text may be the id of a function or class: what looks like one is followed.
        if (node.isTextual() && seen.add(node.asText())) {
            String id = node.asText();
            return has(descriptions.path(id), wanted, seen)
                    || has(classDescriptions.path(id), wanted, seen);
        }
        for (JsonNode inner : node) {
            if (has(inner, wanted, seen)) {
                return true;
            }
        }
        return false;
    }

    /** The names that the description has; some may have no function. */
    List<String> entries() {
        List<String> names = new ArrayList<>();
        entries.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The function of a name; null if it could not be described. */
    @Nullable Function entry(String name) {
        JsonNode id = entries.path(name);
        return id.isTextual() ? function(id.asText()) : null;
    }

    Function function(String id) {
        return functions.computeIfAbsent(id, key -> new Function(() -> body(key)));
    }

    private Function.Body body(String id) {
        JsonNode description = descriptions.path(id);
        Scope scope = new Scope();
        List<String> parameters = new ArrayList<>();
        for (JsonNode parameter : description.path("parameters")) {
            parameters.add(parameter.asText());
            scope.slot(parameter.asText());
        }
        int positional = parameters.size();
        for (JsonNode parameter : description.path("keywords")) {
            parameters.add(parameter.asText());
            scope.slot(parameter.asText());
        }
        JsonNode rest = description.path("rest");
        int restSlot = rest.isTextual() ? scope.slot(rest.asText()) : -1;
        description.path("locals").forEach(name -> scope.slot(name.asText()));
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : description.path("defaults").properties()) {
            if (member.getValue().isObject()) {
                defaults.put(member.getKey(), Constants.read(member.getValue()));
            }
        }
        Set<String> variables = texts(description.path("variables"));
        ExpressionCompiler expressions =
                new ExpressionCompiler(
                        this,
                        scope,
                        description.path("names"),
                        description.path("super"),
                        variables);
        StatementCompiler statements =
                new StatementCompiler(
                        expressions, scope, texts(description.path("globals")), variables);
        Statement block = statements.block(description.path("body"));
        return new Function.Body(parameters, positional, restSlot, defaults, scope.size(), block);
    }

    private static Set<String> texts(JsonNode names) {
        Set<String> texts = new HashSet<>();
        names.forEach(name -> texts.add(name.asText()));
        return texts;
    }

    /** A class by its id. */
    PythonClass type(String id) {
        return classes.computeIfAbsent(
                id,
                key -> {
                    JsonNode description = classDescriptions.path(key);
                    Map<String, Object> constants = new HashMap<>();
                    for (Map.Entry<String, JsonNode> one :
                            description.path("constants").properties()) {
                        constants.put(one.getKey(), Constants.read(one.getValue()));
                    }
                    return new PythonClass(
                            functions(description.path("methods")),
                            functions(description.path("properties")),
                            constants);
                });
    }

    private Map<String, Function> functions(JsonNode ids) {
        Map<String, Function> functions = new HashMap<>();
        ids.properties()
                .forEach(one -> functions.put(one.getKey(), function(one.getValue().asText())));
        return functions;
    }
}
