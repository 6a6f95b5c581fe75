package dev.caracal.rules.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a rule certainly says of an event, without Python. */
public final class Screen {

    private static final String RULE = "rule";

    /** The screen of a rule of which nothing is known. */
    public static final Screen OPEN = new Screen(null, null, Set.of());

    private final @Nullable Function rule;
    private final @Nullable Map<String, Function> outputs;
    private final Set<List<String>> paths;

    private Screen(
            @Nullable Function rule,
            @Nullable Map<String, Function> outputs,
            Set<List<String>> paths) {
        this.rule = rule;
        this.outputs = outputs;
        this.paths = paths;
    }

    /**
     * The screen of a rule.
     *
     * @param syntax what {@code describe_rule} in syntax.py says of it; empty if nothing
     */
    public static Screen of(String syntax) {
        if (syntax.isEmpty()) {
            return OPEN;
        }
        SyntaxCompiler compiler = SyntaxCompiler.read(syntax);
        Set<List<String>> paths = new LinkedHashSet<>();
        collectPaths(compiler.functions(), paths);
        return new Screen(compiler.entry(RULE), outputs(compiler), paths);
    }

    private static @Nullable Map<String, Function> outputs(SyntaxCompiler compiler) {
        Map<String, Function> outputs = new LinkedHashMap<>();
        for (String name : compiler.entries()) {
            Function function = compiler.entry(name);
            if (function == null) {
                return null;
            }
            if (!name.equals(RULE)) {
                outputs.put(name, function);
            }
        }
        return outputs;
    }

    /** The paths of constant keys that the rule asks for. */
    Set<List<String>> paths() {
        return paths;
    }

    boolean isOpen() {
        return rule == null;
    }

    /** What {@code rule()} certainly gives for the event; null if only Python can tell. */
    @Nullable Boolean answer(Mapping event) {
        if (rule == null) {
            return null;
        }
        try {
            return rule.call(event) instanceof Boolean answer ? answer : null;
        } catch (Unsure | StackOverflowError e) {
            return null;
        }
    }

    /** What the other functions certainly give for the event; null if only Python can tell. */
    @Nullable Map<String, String> outputs(Mapping event) {
        if (outputs == null) {
            return null;
        }
        try {
            return Outputs.of(outputs, event);
        } catch (Unsure | StackOverflowError e) {
            return null;
        }
    }

    private static void collectPaths(JsonNode node, Set<List<String>> paths) {
        String method = node.path("func").path("attr").asText();
        if (method.equals("get") || method.equals("deep_get")) {
            List<String> path = new ArrayList<>();
            for (JsonNode argument : node.path("args")) {
                JsonNode key = argument.path("value").path("str");
                if (!key.isTextual()) {
                    break;
                }
                path.add(key.asText());
            }
            if (method.equals("get") && path.size() > 1) {
                path = path.subList(0, 1);
            }
            if (!path.isEmpty()) {
                paths.add(List.copyOf(path));
            }
        }
        node.forEach(inner -> collectPaths(inner, paths));
    }
}
