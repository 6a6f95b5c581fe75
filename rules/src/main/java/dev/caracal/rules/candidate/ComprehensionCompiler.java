package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiles comprehensions and generators, whose variables hide those of the function. */
final class ComprehensionCompiler {

    private final ExpressionCompiler expressions;
    private final Scope scope;

    ComprehensionCompiler(ExpressionCompiler expressions, Scope scope) {
        this.expressions = expressions;
        this.scope = scope;
    }

    Expression list(JsonNode node) {
        Comprehension values = compile(node);
        return frame -> Items.list(values.inOrder(frame));
    }

    Expression set(JsonNode node) {
        Comprehension values = compile(node);
        return frame -> Builtins.set(Items.Kind.SET, values.inOrder(frame));
    }

    Expression dict(JsonNode node) {
        Comprehension pairs = compile(node, () -> pair(node));
        return frame -> {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Object pair : pairs.inOrder(frame)) {
                List<Object> parts = ((Items) pair).values();
                if (!(parts.get(0) instanceof String name)) {
                    throw Unsure.UNSURE;
                }
                members.put(name, parts.get(1));
            }
            return new Mapping.Dict(members);
        };
    }

    private Expression pair(JsonNode node) {
        Expression key = expressions.compile(node.path("key"));
        Expression value = expressions.compile(node.path("value"));
        return frame ->
                Items.of(Items.Kind.TUPLE, List.of(key.evaluate(frame), value.evaluate(frame)));
    }

    /** One that whoever consumes it runs. */
    Comprehension compile(JsonNode node) {
        return compile(node, () -> expressions.compile(node.path("elt")));
    }

    private Comprehension compile(JsonNode node, Supplier<Expression> elements) {
        Map<String, @Nullable Integer> hidden = new LinkedHashMap<>();
        List<Comprehension.Clause> clauses = new ArrayList<>();
        StatementCompiler statements =
                new StatementCompiler(expressions, scope, Set.of(), Set.of());
        scope.enterComprehension();
        for (JsonNode generator : node.path("generators")) {
            Expression iterable = expressions.compile(generator.path("iter"));
            hide(generator.path("target"), hidden);
            clauses.add(
                    new Comprehension.Clause(
                            statements.target(generator.path("target")),
                            iterable,
                            expressions.all(generator.path("ifs"))));
        }
        Expression element = elements.get();
        hidden.forEach(scope::restore);
        scope.leaveComprehension();
        return new Comprehension(clauses, element);
    }

    private void hide(JsonNode target, Map<String, @Nullable Integer> hidden) {
        if (target.path("_").asText().equals("Name")) {
            String name = target.path("id").asText();
            if (!hidden.containsKey(name)) {
                hidden.put(name, scope.hide(name));
            }
        }
        target.path("elts").forEach(part -> hide(part, hidden));
    }
}
