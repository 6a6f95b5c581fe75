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
    public static final Screen OPEN = new Screen(null, null, Set.of(), false);

    private final @Nullable Function rule;
    private final @Nullable Map<String, Function> outputs;
    private final Set<List<String>> paths;
    private final boolean isTimeless;

    private Screen(
            @Nullable Function rule,
            @Nullable Map<String, Function> outputs,
            Set<List<String>> paths,
            boolean isTimeless) {
        this.rule = rule;
        this.outputs = outputs;
        this.paths = paths;
        this.isTimeless = isTimeless;
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
        return new Screen(
                compiler.entry(RULE), outputs(compiler), paths, !compiler.asksForTime(RULE));
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

    /** Whether {@code rule()} certainly gives False, whatever it may find in the cache. */
    boolean isFalse(Mapping event) {
        if (rule == null) {
            return false;
        }
        try {
            return Boolean.FALSE.equals(rule.call(event, new Evaluation(null)));
        } catch (Unsure | StackOverflowError e) {
            return false;
        }
    }

    /** Whether the rule goes by nothing but the event, and by the rule cache where it asks it. */
    boolean isTimeless() {
        return isTimeless;
    }

    /**
     * What is known of {@code rule()}, if it is timeless, for all events that look the same to it.
     *
     * @param number of the decision, if it is that it raises an exception
     */
    Decision decide(Mapping event, long number) {
        if (rule == null) {
            return Decision.Known.PYTHON;
        }
        Evaluation evaluation = new Evaluation(null);
        try {
            boolean isFalse = Boolean.FALSE.equals(rule.call(event, evaluation));
            return isFalse ? Decision.Known.FALSE : Decision.Known.EVALUATE;
        } catch (Raised e) {
            return evaluation.isCertain() ? new Decision.Raises(number) : Decision.Known.PYTHON;
        } catch (Unsure | StackOverflowError e) {
            return evaluation.hasMissedCache() ? Decision.Known.EVALUATE : Decision.Known.PYTHON;
        }
    }

    /** What the rule and its functions certainly say of the event; null if only Python can tell. */
    @Nullable Verdict judge(Mapping event, CacheCalls cache) {
        if (rule == null) {
            return null;
        }
        Evaluation evaluation = new Evaluation(cache);
        try {
            Object answer = rule.call(event, evaluation);
            if (Boolean.FALSE.equals(answer)) {
                evaluation.commit();
                return Verdict.NO_MATCH;
            }
            if (outputs == null || !Boolean.TRUE.equals(answer)) {
                return null;
            }
            Verdict verdict = Outputs.of(outputs, event, evaluation);
            evaluation.commit();
            return verdict;
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
