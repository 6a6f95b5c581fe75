package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles what syntax.py describes: one function and those that it calls. */
final class SyntaxCompiler {

    private final JsonNode descriptions;
    private final Map<String, Function> functions = new HashMap<>();

    private SyntaxCompiler(JsonNode descriptions) {
        this.descriptions = descriptions;
    }

    /** The function that a description is of. */
    static Function compile(JsonNode description) {
        SyntaxCompiler compiler = new SyntaxCompiler(description.path("functions"));
        return compiler.function(description.path("entry").asText());
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
        description.path("locals").forEach(name -> scope.slot(name.asText()));
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : description.path("defaults").properties()) {
            if (member.getValue().isObject()) {
                defaults.put(member.getKey(), Constants.read(member.getValue()));
            }
        }
        ExpressionCompiler expressions =
                new ExpressionCompiler(this, scope, description.path("names"));
        StatementCompiler statements = new StatementCompiler(expressions, scope);
        Statement block = statements.block(description.path("body"));
        return new Function.Body(parameters, defaults, scope.size(), block);
    }
}
