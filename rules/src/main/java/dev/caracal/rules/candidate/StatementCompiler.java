package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compiles statements; those that are not reproduced make whoever gets to them unsure. */
final class StatementCompiler {

    private static final Statement UNSURE =
            frame -> {
                throw Unsure.UNSURE;
            };

    private final ExpressionCompiler expressions;
    private final Scope scope;
    private final Set<String> globals;
    private final Set<String> variables;

    /**
     * @param globals names that an assignment does not make variables of the call
     * @param variables those of them that are the rule's own
     */
    StatementCompiler(
            ExpressionCompiler expressions,
            Scope scope,
            Set<String> globals,
            Set<String> variables) {
        this.expressions = expressions;
        this.scope = scope;
        this.globals = globals;
        this.variables = variables;
    }

    Statement block(JsonNode nodes) {
        List<Statement> statements = new ArrayList<>();
        nodes.forEach(node -> statements.add(statement(node)));
        return statements.size() == 1 ? statements.get(0) : Statement.block(statements);
    }

    private Statement statement(JsonNode node) {
        return switch (node.path("_").asText()) {
            case "Return" -> result(node.path("value"));
            case "If" ->
                    Statement.branch(
                            expressions.compile(node.path("test")),
                            block(node.path("body")),
                            block(node.path("orelse")));
            case "For" -> loop(node);
            case "Assign" -> assign(node.path("targets"), node.path("value"));
            case "AnnAssign" ->
                    node.path("value").isNull()
                            ? frame -> null
                            : assign(node.path("target"), expressions.compile(node.path("value")));
            case "AugAssign" -> augment(node);
            case "Expr" -> discard(expressions.compile(node.path("value")));
            case "Pass", "Global" -> frame -> null;
            case "Try" -> attempt(node);
            case "Raise" -> raise(node.path("exc"));
            case "Break" -> frame -> Statement.Jump.BREAK;
            case "Continue" -> frame -> Statement.Jump.CONTINUE;
            default -> UNSURE;
        };
    }

    private Statement result(JsonNode value) {
        if (value.isNull()) {
            return frame -> Special.NONE;
        }
        Expression expression = expressions.compile(value);
        return expression::evaluate;
    }

    private static Statement discard(Expression expression) {
        return frame -> {
            expression.evaluate(frame);
            return null;
        };
    }

    private Statement loop(JsonNode node) {
        if (!node.path("orelse").isEmpty()) {
            return UNSURE;
        }
        return Statement.loop(
                target(node.path("target")),
                expressions.compile(node.path("iter")),
                block(node.path("body")));
    }

    private Statement assign(JsonNode targets, JsonNode value) {
        return targets.size() == 1 ? assign(targets.get(0), expressions.compile(value)) : UNSURE;
    }

    private Statement assign(JsonNode target, Expression value) {
        Statement.Target assigned = target(target);
        return frame -> {
            assigned.assign(frame, value.evaluate(frame));
            return null;
        };
    }

    /** {@code +=} on what cannot be changed in place; a list could be shared. */
    private Statement augment(JsonNode node) {
        JsonNode target = node.path("target");
        if (!node.path("op").path("_").asText().equals("Add")
                || !target.path("_").asText().equals("Name")
                || globals.contains(target.path("id").asText())) {
            return UNSURE;
        }
        int slot = scope.slot(target.path("id").asText());
        Expression value = expressions.compile(node.path("value"));
        return frame -> {
            Object before = frame.get(slot);
            if (before instanceof Items) {
                throw Unsure.UNSURE;
            }
            frame.set(slot, Operators.add(before, value.evaluate(frame)));
            return null;
        };
    }

    Statement.Target target(JsonNode node) {
        switch (node.path("_").asText()) {
            case "Subscript" -> {
                return member(node);
            }
            case "Attribute" -> {
                return attribute(node);
            }
            case "Name" -> {
                String name = node.path("id").asText();
                if (globals.contains(name)) {
                    return variables.contains(name)
                            ? (frame, value) -> frame.evaluation().setVariable(name, value)
                            : unsure();
                }
                int slot = scope.slot(node.path("id").asText());
                return (frame, value) -> frame.set(slot, value);
            }
            case "Tuple", "List" -> {
                List<Statement.Target> parts = new ArrayList<>();
                node.path("elts").forEach(part -> parts.add(target(part)));
                return (frame, value) -> unpack(frame, parts, value);
            }
            default -> {
                return unsure();
            }
        }
    }

    private static Statement.Target unsure() {
        return (frame, value) -> {
            throw Unsure.UNSURE;
        };
    }

    /** {@code receiver.name = value}, of an object that the evaluation made itself. */
    private Statement.Target attribute(JsonNode node) {
        Expression receiver = expressions.compile(node.path("value"));
        String name = node.path("attr").asText();
        return (frame, value) -> {
            frame.requireCertainty();
            if (!(receiver.evaluate(frame) instanceof PythonClass.Instance instance)) {
                throw Unsure.UNSURE;
            }
            instance.set(name, value);
        };
    }

    /** {@code receiver[key] = value}, of a dict or list that the evaluation made itself. */
    private Statement.Target member(JsonNode node) {
        Expression receiver = expressions.compile(node.path("value"));
        Expression key = expressions.compile(node.path("slice"));
        return (frame, value) -> {
            frame.requireCertainty();
            Object changed = receiver.evaluate(frame);
            Object place = key.evaluate(frame);
            if (changed instanceof Mapping.Dict dict && place instanceof String name) {
                dict.put(name, value);
            } else if (changed instanceof Items items && place instanceof Long index) {
                items.set(index, value);
            } else {
                throw Unsure.UNSURE;
            }
        };
    }

    /** {@code try} with handlers, without {@code else} and {@code finally}. */
    private Statement attempt(JsonNode node) {
        if (!node.path("orelse").isEmpty() || !node.path("finalbody").isEmpty()) {
            return UNSURE;
        }
        List<Set<String>> caught = new ArrayList<>();
        List<Statement> handlers = new ArrayList<>();
        for (JsonNode handler : node.path("handlers")) {
            caught.add(expressions.exceptions(handler.path("type")));
            handlers.add(block(handler.path("body")));
        }
        return Statement.attempt(block(node.path("body")), caught, handlers);
    }

    /** {@code raise} of a known exception, whose arguments nobody here looks at. */
    private Statement raise(JsonNode exception) {
        boolean isCall = exception.path("_").asText().equals("Call");
        JsonNode classes = expressions.classes(isCall ? exception.path("func") : exception);
        if (classes.isEmpty()) {
            return UNSURE;
        }
        Set<String> names = new HashSet<>();
        classes.forEach(name -> names.add(name.asText()));
        List<Expression> arguments = expressions.all(exception.path("args"));
        Raised raised = new Raised(names);
        return frame -> {
            arguments.forEach(argument -> argument.evaluate(frame));
            throw raised;
        };
    }

    private static void unpack(Frame frame, List<Statement.Target> parts, Object value) {
        List<Object> values = Iteration.values(value).inOrder();
        if (values.size() != parts.size()) {
            throw Unsure.UNSURE;
        }
        for (int i = 0; i < values.size(); i++) {
            parts.get(i).assign(frame, values.get(i));
        }
    }
}
