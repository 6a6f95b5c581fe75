package dev.caracal.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caracal.rules.candidate.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;

/** The data models of an engine, by log type. */
final class DataModels {

    private final PythonContext python;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();

    DataModels(PythonContext python) {
        this.python = python;
    }

    private record Loaded(DataModel model, Value compiled, String syntax) {}

    /** Reads a data model's YAML, unless it is one that is in force as it is. */
    DataModel read(RuleSource source) throws RuleException {
        for (Loaded one : loaded.values()) {
            if (one.model().source().equals(source)) {
                return one.model();
            }
        }
        return DataModel.read(source);
    }

    /**
     * Makes these the data models. One that cannot be compiled is left out, or stays as it was.
     *
     * @param changedModules names of the modules that are not as before
     * @param problems takes what is wrong with those that cannot be compiled
     * @return whether any is not as before
     */
    boolean replace(
            List<DataModel> wanted, Set<String> changedModules, List<RuleProblem> problems) {
        Map<String, Loaded> before = new LinkedHashMap<>(loaded);
        loaded.clear();
        for (DataModel model : wanted) {
            Loaded old = before.get(model.id());
            if (old != null && isSame(old.model(), model, changedModules)) {
                loaded.put(model.id(), old);
                continue;
            }
            try {
                loaded.put(model.id(), load(model));
            } catch (RuleException e) {
                problems.addAll(e.problems());
                if (old != null) {
                    loaded.put(model.id(), old);
                }
            }
        }
        enable();
        return !loaded.equals(before);
    }

    /** The data models in force. */
    List<RuleSource> sources() {
        return loaded.values().stream().map(one -> one.model().source()).toList();
    }

    /** The fields that the data model in force gives to events of the log type. */
    Fields fields(String logType) {
        Fields fields = Fields.none(logType);
        for (Loaded one : loaded.values()) {
            if (one.model().enabled() && one.model().logTypes().contains(logType)) {
                Map<String, String> paths = new LinkedHashMap<>();
                Map<String, String> methods = new LinkedHashMap<>();
                for (DataModel.Mapping mapping : one.model().mappings()) {
                    if (!mapping.path().isEmpty()) {
                        paths.put(mapping.name(), mapping.path());
                    } else {
                        methods.put(mapping.name(), mapping.method());
                    }
                }
                fields = Fields.of(logType, paths, methods, one.syntax());
            }
        }
        return fields;
    }

    private Loaded load(DataModel model) throws RuleException {
        Value compiled = compile(model);
        String syntax = python.load(python.global("describe_data_model"), compiled).asString();
        return new Loaded(model, compiled, syntax);
    }

    private static boolean isSame(DataModel old, DataModel model, Set<String> changedModules) {
        return old.equals(model)
                && !PythonModules.mentions(model.source().python(), changedModules);
    }

    private void enable() {
        var logTypes = new ArrayList<String>();
        var models = new ArrayList<Value>();
        for (Loaded one : loaded.values()) {
            if (one.model().enabled()) {
                for (String logType : one.model().logTypes()) {
                    logTypes.add(logType);
                    models.add(one.compiled());
                }
            }
        }
        python.global("set_data_models")
                .execute(python.list(logTypes.toArray()), python.list(models.toArray()));
    }

    private Value compile(DataModel model) throws RuleException {
        String path = model.pythonPath().isEmpty() ? model.source().path() : model.pythonPath();
        return python.compile(
                path,
                "compile_data_model",
                model.id(),
                path,
                model.source().python(),
                mappings(model));
    }

    static String mappings(DataModel model) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (DataModel.Mapping mapping : model.mappings()) {
            json.addArray().add(mapping.name()).add(mapping.path()).add(mapping.method());
        }
        return json.toString();
    }
}
