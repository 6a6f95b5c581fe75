package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;

/**
 * An exception of a rule's Python.
 *
 * @param kind the exception's class
 * @param text its repr
 * @param trace the rule's own lines, outermost first, as {@code path:line in function}
 */
public record RuleFailure(String kind, String text, List<String> trace) {

    /** The kind of a rule that ran longer than the time limit. */
    public static final String TIME_LIMIT = "TimeLimitExceeded";

    /** Of an exception that Python was not asked about. */
    static final RuleFailure UNTOLD = new RuleFailure("Exception", "", List.of());

    /** The kind of a rule for which the heap did not suffice. */
    static final String OUT_OF_MEMORY = "MemoryError";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HOST_EXCEPTION =
            Pattern.compile("(?:[a-z][\\w]*\\.)+([A-Z][\\w$]*): (.*)", Pattern.DOTALL);

    /** GraalPy's class for a call of the system that its sandbox does not have. */
    private static final String EXCLUDED = "UnsupportedPosixFeatureException";

    private static final Pattern TRACE_LINE = Pattern.compile("(.*):([0-9]+)(?: in |: ).*");

    public RuleFailure {
        trace = List.copyOf(trace);
    }

    static RuleFailure read(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("judge.py wrote no JSON: " + json, e);
        }
    }

    static RuleFailure of(JsonNode error) {
        var trace = new ArrayList<String>();
        error.path("trace").forEach(line -> trace.add(line.asText()));
        return new RuleFailure(error.path("kind").asText(), error.path("text").asText(), trace);
    }

    /** Of what left Python without its being able to catch it. */
    static RuleFailure of(PolyglotException e) {
        if (e.isInterrupted()) {
            return new RuleFailure(
                    TIME_LIMIT,
                    "the rule ran longer than the time limit, or took a quarter of the heap",
                    List.of());
        }
        if (e.isExit()) {
            return new RuleFailure("SystemExit", "the rule tried to end the process", List.of());
        }
        String message = String.valueOf(e.getMessage());
        Matcher matcher = HOST_EXCEPTION.matcher(message);
        if (!matcher.matches()) {
            return new RuleFailure("SandboxError", message, List.of());
        }
        if (matcher.group(1).endsWith(EXCLUDED)) {
            return new RuleFailure(
                    "PermissionError",
                    "rules have no files, network or processes: " + matcher.group(2),
                    List.of());
        }
        return new RuleFailure(matcher.group(1), message, List.of());
    }

    /**
     * The exception's class and the innermost of the rule's own lines: failures that have both in
     * common are one error, whatever the values in their texts.
     */
    String signature() {
        return trace.isEmpty() ? kind : kind + " at " + trace.get(trace.size() - 1);
    }

    /** As a problem of the rule's Python file, at the innermost of its own lines. */
    RuleProblem problem(String pythonPath, String what) {
        String reason = what + text;
        if (trace.size() > 1) {
            reason += " (" + String.join(", ", trace) + ")";
        }
        int line = 0;
        if (!trace.isEmpty()) {
            Matcher matcher = TRACE_LINE.matcher(trace.get(trace.size() - 1));
            line = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        }
        return new RuleProblem(pythonPath, line, reason);
    }

    /** A JSON object with the three. */
    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = json.put("error", kind).put("message", text).putArray("trace");
        trace.forEach(lines::add);
        return json.toString();
    }
}
