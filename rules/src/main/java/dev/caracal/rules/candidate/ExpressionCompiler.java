package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles expressions; those that are not reproduced make whoever gets to them unsure. */
final class ExpressionCompiler {

    private static final Expression UNSURE =
            frame -> {
                throw Unsure.UNSURE;
            };

    private final SyntaxCompiler syntax;
    private final Scope scope;
    private final JsonNode names;

    /**
     * @param names what the names mean that are no local variables
     */
    ExpressionCompiler(SyntaxCompiler syntax, Scope scope, JsonNode names) {
        this.syntax = syntax;
        this.scope = scope;
        this.names = names;
    }

    Expression compile(JsonNode node) {
        return switch (node.path("_").asText()) {
            case "Constant" -> constant(node.path("value"));
            case "Name" -> name(node.path("id").asText());
            case "BoolOp" -> logic(node);
            case "UnaryOp" -> unary(node);
            case "Compare" -> comparison(node);
            case "IfExp" -> choice(node);
            case "BinOp" -> binary(node);
            case "Subscript" -> subscript(node);
            case "Call" -> new CallCompiler(this, syntax, names).compile(node);
            case "JoinedStr" -> text(node.path("values"));
            case "List" -> items(Items.Kind.LIST, node.path("elts"));
            case "Tuple" -> items(Items.Kind.TUPLE, node.path("elts"));
            case "Set" -> items(Items.Kind.SET, node.path("elts"));
            case "Dict" -> dict(node.path("keys"), node.path("values"));
            case "ListComp" -> listed(comprehension(node));
            default -> UNSURE;
        };
    }

    List<Expression> all(JsonNode nodes) {
        List<Expression> expressions = new ArrayList<>();
        nodes.forEach(node -> expressions.add(compile(node)));
        return expressions;
    }

    boolean isLocal(String name) {
        return scope.find(name) != null;
    }

    private static Expression constant(JsonNode value) {
        if (!value.isObject()) {
            return UNSURE;
        }
        Object constant = Constants.read(value);
        return frame -> constant;
    }

    private Expression name(String name) {
        Integer slot = scope.find(name);
        if (slot != null) {
            int local = slot;
            return frame -> frame.get(local);
        }
        JsonNode meaning = names.path(name);
        if (meaning.has("value")) {
            return constant(meaning.path("value"));
        }
        if (meaning.has("type")) {
            Builtins.Type type = new Builtins.Type(meaning.path("type").asText());
            return frame -> type;
        }
        return UNSURE;
    }

    /** {@code and} and {@code or}: the value of the operand that decides. */
    private Expression logic(JsonNode node) {
        boolean deciding = node.path("op").path("_").asText().equals("Or");
        Expression[] operands = all(node.path("values")).toArray(new Expression[0]);
        return frame -> {
            Object possible = null;
            for (int i = 0; ; i++) {
                Object value = operands[i].evaluate(frame);
                Boolean truth = PythonValues.truth(value);
                if (i == operands.length - 1 || (truth != null && truth == deciding)) {
                    return possible == null ? value : PythonValues.join(possible, value);
                }
                if (truth == null) {
                    Object decided = value == Special.UNKNOWN_BOOLEAN ? deciding : value;
                    possible = possible == null ? decided : PythonValues.join(possible, decided);
                }
            }
        };
    }

    private Expression unary(JsonNode node) {
        Expression operand = compile(node.path("operand"));
        return switch (node.path("op").path("_").asText()) {
            case "Not" -> frame -> Operators.not(operand.evaluate(frame));
            case "USub" ->
                    frame -> {
                        if (operand.evaluate(frame) instanceof Long number
                                && number != Long.MIN_VALUE) {
                            return -number;
                        }
                        throw Unsure.UNSURE;
                    };
            default -> UNSURE;
        };
    }

    private Expression comparison(JsonNode node) {
        Expression left = compile(node.path("left"));
        List<Expression> rights = all(node.path("comparators"));
        List<String> operators = new ArrayList<>();
        node.path("ops").forEach(operator -> operators.add(operator.path("_").asText()));
        if (rights.size() == 1) {
            Expression right = rights.get(0);
            String operator = operators.get(0);
            return frame ->
                    Operators.compare(operator, left.evaluate(frame), right.evaluate(frame));
        }
        return frame -> {
            Object value = left.evaluate(frame);
            for (int i = 0; i < rights.size(); i++) {
                Object right = rights.get(i).evaluate(frame);
                Boolean holds =
                        PythonValues.truth(Operators.compare(operators.get(i), value, right));
                if (holds == null) {
                    throw Unsure.UNSURE;
                }
                if (!holds) {
                    return false;
                }
                value = right;
            }
            return true;
        };
    }

    private Expression choice(JsonNode node) {
        Expression test = compile(node.path("test"));
        Expression body = compile(node.path("body"));
        Expression otherwise = compile(node.path("orelse"));
        return frame -> {
            Boolean truth = PythonValues.truth(test.evaluate(frame));
            if (truth == null) {
                return PythonValues.join(body.evaluate(frame), otherwise.evaluate(frame));
            }
            return truth ? body.evaluate(frame) : otherwise.evaluate(frame);
        };
    }

    private Expression binary(JsonNode node) {
        if (!node.path("op").path("_").asText().equals("Add")) {
            return UNSURE;
        }
        Expression left = compile(node.path("left"));
        Expression right = compile(node.path("right"));
        return frame -> Operators.add(left.evaluate(frame), right.evaluate(frame));
    }

    private Expression subscript(JsonNode node) {
        if (node.path("slice").path("_").asText().equals("Slice")) {
            return UNSURE;
        }
        Expression value = compile(node.path("value"));
        Expression key = compile(node.path("slice"));
        return frame -> Methods.subscript(value.evaluate(frame), key.evaluate(frame));
    }

    /** An f-string, of parts without conversion or format. */
    private Expression text(JsonNode values) {
        List<Expression> parts = new ArrayList<>();
        for (JsonNode part : values) {
            boolean formatted = part.path("_").asText().equals("FormattedValue");
            if (formatted
                    && (part.path("conversion").asInt() != -1
                            || part.path("format_spec").isObject())) {
                return UNSURE;
            }
            parts.add(compile(formatted ? part.path("value") : part));
        }
        return frame -> {
            StringBuilder text = new StringBuilder();
            for (Expression part : parts) {
                text.append(Operators.text(part.evaluate(frame)));
            }
            return text.toString();
        };
    }

    private Expression items(Items.Kind kind, JsonNode elements) {
        for (JsonNode element : elements) {
            if (element.path("_").asText().equals("Starred")) {
                return UNSURE;
            }
        }
        List<Expression> values = all(elements);
        return frame -> {
            List<Object> items = new ArrayList<>(values.size());
            for (Expression value : values) {
                Object item = value.evaluate(frame);
                boolean fits = kind != Items.Kind.SET || item instanceof String;
                if (!fits) {
                    throw Unsure.UNSURE;
                }
                items.add(item);
            }
            return Items.of(kind, items);
        };
    }

    private Expression dict(JsonNode keys, JsonNode values) {
        for (JsonNode key : keys) {
            if (key.isNull()) {
                return UNSURE;
            }
        }
        List<Expression> names = all(keys);
        List<Expression> members = all(values);
        return frame -> {
            Map<String, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (!(names.get(i).evaluate(frame) instanceof String name)) {
                    throw Unsure.UNSURE;
                }
                dict.put(name, members.get(i).evaluate(frame));
            }
            return new Mapping.Dict(dict);
        };
    }

    private static Expression listed(Comprehension comprehension) {
        return frame -> Items.list(comprehension.inOrder(frame));
    }

    Comprehension comprehension(JsonNode node) {
        Map<String, @Nullable Integer> hidden = new LinkedHashMap<>();
        List<Comprehension.Clause> clauses = new ArrayList<>();
        StatementCompiler statements = new StatementCompiler(this, scope);
        for (JsonNode generator : node.path("generators")) {
            Expression iterable = compile(generator.path("iter"));
            hide(generator.path("target"), hidden);
            clauses.add(
                    new Comprehension.Clause(
                            statements.target(generator.path("target")),
                            iterable,
                            all(generator.path("ifs"))));
        }
        Expression element = compile(node.path("elt"));
        hidden.forEach(scope::restore);
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
