package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles expressions; those that are not reproduced make whoever gets to them unsure. */
final class ExpressionCompiler {

    static final Expression UNSURE =
            frame -> {
                throw Unsure.UNSURE;
            };

    private final SyntaxCompiler syntax;
    private final Scope scope;
    private final JsonNode names;
    private final JsonNode inherited;
    private final Set<String> variables;
    private final ComprehensionCompiler comprehensions;
    private final DisplayCompiler displays = new DisplayCompiler(this);

    /**
     * @param names what the names mean that are no local variables
     * @param inherited what {@code super()} has, in a method: functions by name
     * @param variables the rule's own, which its functions share
     */
    ExpressionCompiler(
            SyntaxCompiler syntax,
            Scope scope,
            JsonNode names,
            JsonNode inherited,
            Set<String> variables) {
        this.syntax = syntax;
        this.scope = scope;
        this.names = names;
        this.inherited = inherited;
        this.variables = variables;
        this.comprehensions = new ComprehensionCompiler(this, scope);
    }

    Expression compile(JsonNode node) {
        return switch (node.path("_").asText()) {
            case "Constant" -> constant(node.path("value"));
            case "Name" -> name(node.path("id").asText());
            case "Attribute" -> attribute(node);
            case "BoolOp" -> logic(node);
            case "UnaryOp" -> unary(node);
            case "Compare" -> comparison(node);
            case "IfExp" -> choice(node);
            case "BinOp" -> binary(node);
            case "Subscript" -> subscript(node);
            case "Lambda" -> lambda(node);
            case "Call" -> new CallCompiler(this, syntax, names, inherited).compile(node);
            case "JoinedStr" -> text(node.path("values"));
            case "List" -> displays.items(Items.Kind.LIST, node.path("elts"));
            case "Tuple" -> displays.items(Items.Kind.TUPLE, node.path("elts"));
            case "Set" -> displays.items(Items.Kind.SET, node.path("elts"));
            case "Dict" -> displays.dict(node.path("keys"), node.path("values"));
            case "ListComp" -> comprehensions.list(node);
            case "SetComp" -> comprehensions.set(node);
            case "DictComp" -> comprehensions.dict(node);
            case "NamedExpr" -> named(node);
            case "Starred" -> spread(node);
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
        if (variables.contains(name)) {
            return frame -> frame.evaluation().variable(name);
        }
        return meaning(names.path(name));
    }

    /** A name in a module, or a part of a value. */
    private Expression attribute(JsonNode node) {
        JsonNode meaning = nameInModule(node);
        if (!meaning.isMissingNode()) {
            return meaning(meaning);
        }
        Expression owner = compile(node.path("value"));
        String name = node.path("attr").asText();
        return frame -> Methods.attribute(frame, owner.evaluate(frame), name);
    }

    /** What a name in a module means; missing if that is not known. */
    JsonNode nameInModule(JsonNode attribute) {
        JsonNode owner = attribute.path("value");
        boolean isModule =
                owner.path("_").asText().equals("Name") && !isLocal(owner.path("id").asText());
        return isModule
                ? names.path(owner.path("id").asText() + "." + attribute.path("attr").asText())
                : MissingNode.getInstance();
    }

    private Expression meaning(JsonNode meaning) {
        if (meaning.has("class")) {
            PythonClass type = syntax.type(meaning.path("class").asText());
            return frame -> type;
        }
        if (meaning.has("value")) {
            return constant(meaning.path("value"));
        }
        if (meaning.has("type")) {
            Builtins.Type type = new Builtins.Type(meaning.path("type").asText());
            return frame -> type;
        }
        return UNSURE;
    }

    /** The exceptions that a handler names; none if they are not known. */
    Set<String> exceptions(JsonNode type) {
        Set<String> names = new HashSet<>();
        if (type.path("_").asText().equals("Tuple")) {
            type.path("elts").forEach(one -> names.addAll(exceptions(one)));
        } else {
            JsonNode classes = classes(type);
            if (!classes.isEmpty()) {
                names.add(classes.get(0).asText());
            }
        }
        return names;
    }

    /** The names of an exception's class and of those above it; none if it is not known. */
    JsonNode classes(JsonNode exception) {
        JsonNode meaning =
                switch (exception.path("_").asText()) {
                    case "Name" -> nameOutside(exception.path("id").asText());
                    case "Attribute" -> nameInModule(exception);
                    default -> MissingNode.getInstance();
                };
        return meaning.path("exception");
    }

    private JsonNode nameOutside(String name) {
        return isLocal(name) ? MissingNode.getInstance() : names.path(name);
    }

    private Expression lambda(JsonNode node) {
        JsonNode arguments = node.path("args");
        boolean plain =
                arguments.path("posonlyargs").isEmpty()
                        && arguments.path("kwonlyargs").isEmpty()
                        && arguments.path("defaults").isEmpty()
                        && !arguments.path("vararg").isObject()
                        && !arguments.path("kwarg").isObject();
        if (!plain) {
            return UNSURE;
        }
        Map<String, @Nullable Integer> hidden = new LinkedHashMap<>();
        List<Integer> slots = new ArrayList<>();
        for (JsonNode argument : arguments.path("args")) {
            String name = argument.path("arg").asText();
            hidden.put(name, scope.hide(name));
            slots.add(scope.slot(name));
        }
        scope.enterComprehension();
        Expression body = compile(node.path("body"));
        scope.leaveComprehension();
        hidden.forEach(scope::restore);
        int[] parameters = slots.stream().mapToInt(Integer::intValue).toArray();
        return frame -> new Lambda(frame, parameters, body);
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
                    frame.doubt();
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
                frame.doubt();
                return PythonValues.join(body.evaluate(frame), otherwise.evaluate(frame));
            }
            return truth ? body.evaluate(frame) : otherwise.evaluate(frame);
        };
    }

    private Expression binary(JsonNode node) {
        String operator = node.path("op").path("_").asText();
        Expression left = compile(node.path("left"));
        Expression right = compile(node.path("right"));
        return operator.equals("Add")
                ? frame -> Operators.add(left.evaluate(frame), right.evaluate(frame))
                : frame -> Operators.binary(operator, left.evaluate(frame), right.evaluate(frame));
    }

    /** {@code name := value} of a function; within a comprehension or lambda it is another's. */
    private Expression named(JsonNode node) {
        Integer slot = scope.find(node.path("target").path("id").asText());
        if (slot == null || scope.isInComprehension()) {
            return UNSURE;
        }
        int local = slot;
        Expression value = compile(node.path("value"));
        return frame -> {
            frame.requireCertainty();
            Object assigned = value.evaluate(frame);
            frame.set(local, assigned);
            return assigned;
        };
    }

    private Expression subscript(JsonNode node) {
        Expression value = compile(node.path("value"));
        if (node.path("slice").path("_").asText().equals("Slice")) {
            return slice(value, node.path("slice"));
        }
        Expression key = compile(node.path("slice"));
        return frame -> Methods.subscript(value.evaluate(frame), key.evaluate(frame));
    }

    private Expression slice(Expression value, JsonNode slice) {
        if (slice.path("step").isObject()) {
            return UNSURE;
        }
        Expression lower = bound(slice.path("lower"));
        Expression upper = bound(slice.path("upper"));
        return frame ->
                Operators.slice(
                        value.evaluate(frame), lower.evaluate(frame), upper.evaluate(frame));
    }

    private Expression bound(JsonNode node) {
        return node.isObject() ? compile(node) : frame -> Special.NONE;
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

    /** {@code *values} among the arguments of a call. */
    private Expression spread(JsonNode node) {
        Expression values = compile(node.path("value"));
        return frame -> new Spread(Iteration.values(values.evaluate(frame)).inOrder());
    }

    Comprehension comprehension(JsonNode node) {
        return comprehensions.compile(node);
    }
}
