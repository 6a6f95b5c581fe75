package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles calls: of functions, of built-in ones, and of methods. */
final class CallCompiler {

    private static final Expression UNSURE =
            frame -> {
                throw Unsure.UNSURE;
            };

    private final ExpressionCompiler expressions;
    private final SyntaxCompiler syntax;
    private final JsonNode names;
    private final JsonNode inherited;

    CallCompiler(
            ExpressionCompiler expressions,
            SyntaxCompiler syntax,
            JsonNode names,
            JsonNode inherited) {
        this.expressions = expressions;
        this.syntax = syntax;
        this.names = names;
        this.inherited = inherited;
    }

    Expression compile(JsonNode call) {
        JsonNode callee = call.path("func");
        JsonNode arguments = call.path("args");
        Map<String, Expression> named = new LinkedHashMap<>();
        for (JsonNode keyword : call.path("keywords")) {
            if (keyword.path("arg").isNull()) {
                return call.path("keywords").size() == 1 ? formatted(call) : UNSURE;
            }
            named.put(keyword.path("arg").asText(), expressions.compile(keyword.path("value")));
        }
        if (callee.path("_").asText().equals("Attribute")) {
            return isSuper(callee.path("value"))
                    ? ofSuper(callee.path("attr").asText(), arguments, named)
                    : named(expressions.nameInModule(callee), callee, arguments, named);
        }
        if (!callee.path("_").asText().equals("Name")) {
            return UNSURE;
        }
        String name = callee.path("id").asText();
        if (expressions.isLocal(name)) {
            return value(expressions.compile(callee), arguments, named);
        }
        return named(names.path(name), callee, arguments, named);
    }

    /** {@code text.format(**values)}. */
    private Expression formatted(JsonNode call) {
        JsonNode callee = call.path("func");
        if (!callee.path("attr").asText().equals("format")) {
            return UNSURE;
        }
        Expression template = expressions.compile(callee.path("value"));
        List<Expression> positional = expressions.all(call.path("args"));
        Expression values = expressions.compile(call.path("keywords").get(0).path("value"));
        return frame -> {
            if (!(template.evaluate(frame) instanceof String text)
                    || !(values.evaluate(frame) instanceof Mapping.Dict named)) {
                throw Unsure.UNSURE;
            }
            return TextFormat.format(text, values(frame, positional), named.members());
        };
    }

    /** A call by a name that means this, or by a value's method. */
    private Expression named(
            JsonNode meaning, JsonNode callee, JsonNode arguments, Map<String, Expression> named) {
        if (meaning.has("function")) {
            return function(meaning.path("function").asText(), arguments, named);
        }
        if (meaning.has("class")) {
            PythonClass type = syntax.type(meaning.path("class").asText());
            return value(frame -> type, arguments, named);
        }
        if (meaning.path("type").asText().equals("timedelta")) {
            List<Expression> positional = expressions.all(arguments);
            return frame -> Times.span(values(frame, positional), values(frame, named));
        }
        JsonNode builtin = meaning.has("builtin") ? meaning.path("builtin") : meaning.path("type");
        if (builtin.isTextual()) {
            return named.isEmpty() ? builtin(builtin.asText(), arguments) : UNSURE;
        }
        return callee.path("_").asText().equals("Attribute")
                ? method(callee, arguments, named)
                : UNSURE;
    }

    private boolean isSuper(JsonNode receiver) {
        return inherited.isObject()
                && receiver.path("_").asText().equals("Call")
                && receiver.path("func").path("id").asText().equals("super")
                && receiver.path("args").isEmpty()
                && !expressions.isLocal("super");
    }

    /** A method of the class above, of the object that is the first parameter. */
    private Expression ofSuper(String name, JsonNode arguments, Map<String, Expression> named) {
        JsonNode function = inherited.path(name);
        if (!function.isTextual()) {
            boolean nothing = name.equals("__init__") && arguments.isEmpty() && named.isEmpty();
            return nothing ? frame -> Special.NONE : UNSURE;
        }
        Function method = syntax.function(function.asText());
        List<Expression> positional = expressions.all(arguments);
        return frame -> {
            List<Object> all = new ArrayList<>();
            all.add(frame.get(0));
            all.addAll(values(frame, positional));
            return method.call(frame, all, values(frame, named));
        };
    }

    private Expression function(String id, JsonNode arguments, Map<String, Expression> named) {
        Function function = syntax.function(id);
        List<Expression> positional = expressions.all(arguments);
        return frame -> {
            frame.step();
            return function.call(frame, values(frame, positional), values(frame, named));
        };
    }

    private Expression value(Expression callee, JsonNode arguments, Map<String, Expression> named) {
        List<Expression> positional = expressions.all(arguments);
        return frame -> {
            if (!(callee.evaluate(frame) instanceof Callable callable)) {
                throw Unsure.UNSURE;
            }
            return callable.call(frame, values(frame, positional), values(frame, named));
        };
    }

    private Expression method(JsonNode callee, JsonNode arguments, Map<String, Expression> named) {
        String name = callee.path("attr").asText();
        Expression receiver = expressions.compile(callee.path("value"));
        if (name.equals("join") && isGenerator(arguments)) {
            Expression parts = collected(arguments.get(0));
            return frame ->
                    Methods.call(
                            receiver.evaluate(frame),
                            name,
                            List.of(parts.evaluate(frame)),
                            Map.of());
        }
        List<Expression> positional =
                name.equals("extend") && isGenerator(arguments)
                        ? List.of(collected(arguments.get(0)))
                        : expressions.all(arguments);
        boolean changes = Mutations.METHODS.contains(name);
        return frame -> {
            Object called = receiver.evaluate(frame);
            if (changes) {
                frame.requireCertainty();
                return Mutations.call(
                        called, name, values(frame, positional), values(frame, named));
            }
            if (called instanceof PythonClass.Instance instance) {
                return instance.call(frame, name, values(frame, positional), values(frame, named));
            }
            return Methods.call(called, name, values(frame, positional), values(frame, named));
        };
    }

    private Expression builtin(String name, JsonNode arguments) {
        if (!isGenerator(arguments)) {
            List<Expression> positional = expressions.all(arguments);
            return switch (name) {
                case "reduce" -> frame -> Builtins.reduce(frame, values(frame, positional));
                case "getattr" -> frame -> Builtins.attribute(frame, values(frame, positional));
                case "rule_cache" ->
                        frame -> frame.evaluation().callCache(values(frame, positional));
                default -> frame -> Builtins.call(name, values(frame, positional));
            };
        }
        if (name.equals("any") || name.equals("all")) {
            return quantified(name.equals("any"), expressions.comprehension(arguments.get(0)));
        }
        Expression collected = collected(arguments.get(0));
        return frame -> Builtins.call(name, List.of(collected.evaluate(frame)));
    }

    private static boolean isGenerator(JsonNode arguments) {
        return arguments.size() == 1 && arguments.get(0).path("_").asText().equals("GeneratorExp");
    }

    private Expression collected(JsonNode generator) {
        Comprehension comprehension = expressions.comprehension(generator);
        return frame -> Items.list(comprehension.inOrder(frame));
    }

    /** {@code any} or {@code all}, which stop at the value that decides. */
    private static Expression quantified(boolean deciding, Comprehension comprehension) {
        return frame -> {
            Object[] result = {!deciding};
            comprehension.inAnyOrder(
                    frame,
                    value -> {
                        Boolean truth = PythonValues.truth(value);
                        if (truth == null) {
                            frame.doubt();
                            result[0] = PythonValues.join(result[0], Special.UNKNOWN_BOOLEAN);
                            return true;
                        }
                        if (truth == deciding) {
                            result[0] = deciding;
                        }
                        return truth != deciding;
                    });
            return result[0];
        };
    }

    private static List<Object> values(Frame frame, List<Expression> expressions) {
        if (expressions.size() == 1) {
            Object value = expressions.get(0).evaluate(frame);
            return value instanceof Spread spread ? spread.values() : List.of(value);
        }
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            Object value = expression.evaluate(frame);
            if (value instanceof Spread spread) {
                values.addAll(spread.values());
            } else {
                values.add(value);
            }
        }
        return values;
    }

    private static Map<String, Object> values(Frame frame, Map<String, Expression> expressions) {
        if (expressions.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        expressions.forEach((name, expression) -> values.put(name, expression.evaluate(frame)));
        return values;
    }
}
