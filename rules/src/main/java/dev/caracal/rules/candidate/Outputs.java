package dev.caracal.rules.candidate;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a rule's functions other than {@code rule()} give, in the form in which judge.py hands it
 * on. What that would cut or refuse is left to Python, and so is an exception whose text is shown.
 */
final class Outputs {

    private static final String CONTEXT = "alert_context";
    private static final int MAX_TEXT = 1000;
    private static final int MAX_CONTEXT = 200 * 1024;
    private static final int MAX_DESTINATIONS = 10;
    private static final Set<String> SEVERITIES =
            Set.of("INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL");

    private Outputs() {}

    /**
     * @return of a match
     * @throws Unsure if only Python can tell
     */
    static Verdict of(Map<String, Function> functions, Mapping event, Evaluation evaluation) {
        Map<String, String> outputs = new LinkedHashMap<>();
        Set<String> raising = new HashSet<>(0);
        functions.forEach(
                (name, function) -> {
                    Object value = value(name, function, event, evaluation);
                    String output = value == null ? null : convert(name, value);
                    if (output != null) {
                        outputs.put(name, output);
                    } else if (value == null) {
                        raising.add(name);
                    }
                });
        return new Verdict(true, outputs, raising);
    }

    /** Null if the function raises an exception that nobody is told of. */
    private static @Nullable Object value(
            String name, Function function, Mapping event, Evaluation evaluation) {
        try {
            return function.call(event, evaluation);
        } catch (Raised e) {
            if (name.equals(CONTEXT) || !evaluation.isCertain()) {
                throw Unsure.UNSURE;
            }
            return null;
        }
    }

    private static @Nullable String convert(String name, Object value) {
        return switch (name) {
            case "severity" -> severity(value);
            case "destinations" -> destinations(value);
            case CONTEXT -> context(value);
            default -> atMost(MAX_TEXT, Operators.text(value));
        };
    }

    private static @Nullable String severity(Object value) {
        if (!(value instanceof String text)) {
            throw Unsure.UNSURE;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.equals("DEFAULT")) {
            return null;
        }
        if (!SEVERITIES.contains(upper) || !PythonValues.isAscii(text)) {
            throw Unsure.UNSURE;
        }
        return upper;
    }

    private static String destinations(Object value) {
        if (!(value instanceof Items items && items.isSequence())) {
            throw Unsure.UNSURE;
        }
        List<Object> values = items.values();
        boolean onlyTexts = values.stream().allMatch(String.class::isInstance);
        if (!onlyTexts || values.size() > MAX_DESTINATIONS) {
            throw Unsure.UNSURE;
        }
        return values.stream().map(PythonJson::text).collect(Collectors.joining(",", "[", "]"));
    }

    private static String context(Object value) {
        if (!(value instanceof Mapping)) {
            throw Unsure.UNSURE;
        }
        return atMost(MAX_CONTEXT, PythonJson.text(value));
    }

    private static String atMost(int limit, String text) {
        if (text.length() > limit) {
            throw Unsure.UNSURE;
        }
        return text;
    }
}
