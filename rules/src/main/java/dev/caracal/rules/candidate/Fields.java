package dev.caracal.rules.candidate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a log type's data model, which {@code event.udm()} gives. */
public final class Fields {

    private static final String NAME = "[^\\s.\\[\\]'\"*$]+";
    private static final String PLAIN_PATH = "(\\$\\.)?" + NAME + "(\\." + NAME + ")*";

    private final String logType;

    /** Constant keys by field; none where a path is anything else. */
    private final Map<String, List<String>> paths;

    /** By field, what {@code event.udm_path()} gives. */
    private final Map<String, String> texts;

    /** By field; null where one cannot be described. */
    private final Map<String, @Nullable Function> methods;

    private final boolean goByEventAlone;

    private Fields(
            String logType,
            Map<String, List<String>> paths,
            Map<String, String> texts,
            Map<String, @Nullable Function> methods,
            boolean goByEventAlone) {
        this.logType = logType;
        this.paths = paths;
        this.texts = texts;
        this.methods = methods;
        this.goByEventAlone = goByEventAlone;
    }

    /** Those of a log type that has no data model. */
    public static Fields none(String logType) {
        return new Fields(logType, Map.of(), Map.of(), Map.of(), true);
    }

    /**
     * @param logType of the events that have them
     * @param paths JSON paths by field
     * @param methodNames by field, of those that have no path
     * @param syntax what {@code describe_data_model} in syntax.py says of the methods
     */
    public static Fields of(
            String logType,
            Map<String, String> paths,
            Map<String, String> methodNames,
            String syntax) {
        Map<String, String> texts = new HashMap<>(methodNames);
        paths.forEach((field, path) -> texts.put(field, withoutRoot(path)));
        Map<String, List<String>> keys = new HashMap<>();
        paths.forEach((field, path) -> keys.put(field, keys(path)));
        Map<String, @Nullable Function> methods = new HashMap<>();
        boolean goByEventAlone = true;
        if (!syntax.isEmpty()) {
            SyntaxCompiler compiler = SyntaxCompiler.read(syntax);
            goByEventAlone = compiler.goesByEventAlone();
            compiler.entries().forEach(field -> methods.put(field, compiler.entry(field)));
        }
        return new Fields(logType, keys, texts, methods, goByEventAlone);
    }

    private static List<String> keys(String path) {
        if (!path.matches(PLAIN_PATH)) {
            return List.of();
        }
        return List.of(withoutRoot(path).split("\\."));
    }

    private static String withoutRoot(String path) {
        return path.startsWith("$.") ? path.substring(2) : path;
    }

    /** Whether no method of theirs asks for the time or the rule cache. */
    boolean goByEventAlone() {
        return goByEventAlone;
    }

    /** None if the event has no such field, or is of another log type. */
    Object value(Mapping event, String field) {
        Object eventLogType = event.find("p_log_type");
        if (eventLogType == null || eventLogType == Special.NONE) {
            return Special.NONE;
        }
        if (eventLogType == Special.UNKNOWN) {
            return PythonValues.join(Special.NONE, find(event, field));
        }
        if (!eventLogType.equals(logType)) {
            throw Unsure.UNSURE;
        }
        return find(event, field);
    }

    private Object find(Mapping event, String field) {
        List<String> keys = paths.get(field);
        if (keys != null) {
            return at(event, keys);
        }
        if (!methods.containsKey(field)) {
            return Special.NONE;
        }
        Function method = methods.get(field);
        if (method == null) {
            throw Unsure.UNSURE;
        }
        return method.call(event, new Evaluation(null));
    }

    /** What {@code event.udm_path()} gives. */
    Object path(Mapping event, String field) {
        if (!logType.equals(event.find("p_log_type"))) {
            throw Unsure.UNSURE;
        }
        String text = texts.get(field);
        return text == null ? Special.NONE : text;
    }

    private static Object at(Mapping event, List<String> keys) {
        if (keys.isEmpty()) {
            throw Unsure.UNSURE;
        }
        Object value = event;
        for (String key : keys) {
            if (value == Special.UNKNOWN) {
                return value;
            }
            if (!(value instanceof Mapping mapping)) {
                return Special.NONE;
            }
            Object found = mapping.find(key);
            if (found == null) {
                return Special.NONE;
            }
            value = found;
        }
        return value;
    }
}
