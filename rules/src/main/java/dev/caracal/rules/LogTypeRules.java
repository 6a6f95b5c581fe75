package dev.caracal.rules;

import java.util.List;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** The rules that run on the events of one log type. */
final class LogTypeRules {

    private final List<LoadedRule> simple;
    private final List<LoadedRule> python;
    private final boolean isFiltered;
    private final Value all;
    private final PythonContext context;

    LogTypeRules(List<LoadedRule> rules, PythonContext context) {
        simple = rules.stream().filter(rule -> !rule.definition().hasPython()).toList();
        python = rules.stream().filter(rule -> rule.definition().hasPython()).toList();
        isFiltered = python.stream().anyMatch(rule -> rule.definition().isFiltered());
        this.context = context;
        all = list(python);
    }

    /** The rules that are YAML alone. */
    List<LoadedRule> simple() {
        return simple;
    }

    /** A list of Python with the rules whose filters let the event pass; null if there are none. */
    @Nullable Value python(EventTree event) {
        if (!isFiltered) {
            return python.isEmpty() ? null : all;
        }
        List<LoadedRule> wanted =
                python.stream()
                        .filter(
                                rule ->
                                        !rule.definition().isFiltered()
                                                || rule.definition().filter().matches(event.root()))
                        .toList();
        if (wanted.isEmpty()) {
            return null;
        }
        return wanted.size() == python.size() ? all : list(wanted);
    }

    private Value list(List<LoadedRule> rules) {
        return context.list(rules.stream().map(LoadedRule::python).toArray());
    }
}
