package dev.caracal.rules;

import dev.caracal.rules.candidate.CandidateIndex;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Value;

/** The rules that run on the events of one log type. */
final class LogTypeRules {

    private final List<LoadedRule> simple;
    private final List<LoadedRule> python;
    private final boolean isFiltered;
    private final CandidateIndex index;
    private final Value list;

    LogTypeRules(List<LoadedRule> rules, PythonContext context) {
        simple = rules.stream().filter(rule -> !rule.definition().hasPython()).toList();
        python = rules.stream().filter(rule -> rule.definition().hasPython()).toList();
        isFiltered = python.stream().anyMatch(rule -> rule.definition().isFiltered());
        index = new CandidateIndex(python.stream().map(LoadedRule::screen).toList());
        list = context.list(python.stream().map(LoadedRule::python).toArray());
    }

    /** The rules that are YAML alone. */
    List<LoadedRule> simple() {
        return simple;
    }

    /** The rules with Python, as a list of Python. */
    Value python() {
        return list;
    }

    /** Which rules of {@link #python} may match the event, by position. */
    int[] candidates(byte[] json, EventTree event) {
        return passing(index.candidates(json), event);
    }

    /** The positions of all rules of {@link #python} whose filters let the event pass. */
    int[] all(EventTree event) {
        return passing(IntStream.range(0, python.size()).toArray(), event);
    }

    private int[] passing(int[] positions, EventTree event) {
        return isFiltered
                ? Arrays.stream(positions).filter(i -> passes(i, event)).toArray()
                : positions;
    }

    private boolean passes(int position, EventTree event) {
        RuleDefinition definition = python.get(position).definition();
        return !definition.isFiltered() || definition.filter().matches(event.root());
    }
}
