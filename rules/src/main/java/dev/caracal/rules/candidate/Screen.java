package dev.caracal.rules.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of a rule's function where it certainly gives {@code False}. */
public final class Screen {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The screen of a rule of which nothing is known. */
    public static final Screen OPEN = new Screen(null, Set.of());

    private final @Nullable Function function;
    private final Set<List<String>> paths;

    private Screen(@Nullable Function function, Set<List<String>> paths) {
        this.function = function;
        this.paths = paths;
    }

    /**
     * The screen of a function.
     *
     * @param syntax what {@code describe} in syntax.py says of it; empty if nothing
     */
    public static Screen of(String syntax) {
        if (syntax.isEmpty()) {
            return OPEN;
        }
        try {
            JsonNode description = JSON.readTree(syntax);
            Set<List<String>> paths = new LinkedHashSet<>();
            collectPaths(description.path("functions"), paths);
            return new Screen(SyntaxCompiler.compile(description), paths);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The syntax is no JSON", e);
        }
    }

    /** The paths of constant keys that the function asks for. */
    Set<List<String>> paths() {
        return paths;
    }

    boolean isOpen() {
        return function == null;
    }

    /** Whether the function gives {@code False} for the event, without fail. */
    boolean isFalse(Mapping event) {
        if (function == null) {
            return false;
        }
        try {
            return Boolean.FALSE.equals(function.call(null, List.of(event), Map.of()));
        } catch (Unsure | StackOverflowError e) {
            return false;
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
