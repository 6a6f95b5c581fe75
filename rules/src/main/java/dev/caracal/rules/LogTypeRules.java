package dev.caracal.rules;

import dev.caracal.rules.candidate.CandidateIndex;
import dev.caracal.rules.candidate.Candidates;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** The rules that run on the events of one log type. */
final class LogTypeRules {

    private static final int MAX_RAISED = 1000;

    private final String logType;
    private final List<LoadedRule> rules;
    private final List<LoadedRule> simple;
    private final List<LoadedRule> python;
    private final boolean isFiltered;
    private final Map<String, Integer> positions = new HashMap<>();
    private final CandidateIndex index;
    private final Map<Long, RuleOutcome> raised = new HashMap<>();
    private final Value list;

    /**
     * @param index of the rules with Python, in their order
     */
    LogTypeRules(
            String logType, List<LoadedRule> rules, CandidateIndex index, PythonContext context) {
        this.index = index;
        this.logType = logType;
        this.rules = rules;
        simple = rules.stream().filter(rule -> !rule.definition().hasPython()).toList();
        python = rules.stream().filter(rule -> rule.definition().hasPython()).toList();
        isFiltered = python.stream().anyMatch(rule -> rule.definition().isFiltered());
        for (int i = 0; i < python.size(); i++) {
            positions.put(python.get(i).metadata().ruleId(), i);
        }
        list = context.list(python.stream().map(LoadedRule::python).toArray());
    }

    String logType() {
        return logType;
    }

    CandidateIndex index() {
        return index;
    }

    /** All of them, in their order. */
    List<LoadedRule> rules() {
        return rules;
    }

    /** The rules that are YAML alone. */
    List<LoadedRule> simple() {
        return simple;
    }

    /** The rules with Python, as a list of Python. */
    Value python() {
        return list;
    }

    /** The position in {@link #python} of a rule. */
    int position(String ruleId) {
        return positions.getOrDefault(ruleId, -1);
    }

    LoadedRule rule(int position) {
        return python.get(position);
    }

    List<String> ruleIds(int[] positions) {
        String[] ruleIds = new String[positions.length];
        for (int i = 0; i < positions.length; i++) {
            ruleIds[i] = python.get(positions[i]).metadata().ruleId();
        }
        return Arrays.asList(ruleIds);
    }

    /** Which rules of {@link #python} match, and may match, the event. */
    Candidates candidates(byte[] json, EventTree event) {
        Candidates found = index.candidates(json);
        if (!isFiltered) {
            return found;
        }
        return new Candidates(
                Arrays.stream(found.undecided()).filter(i -> passes(i, event)).toArray(),
                found.matched().stream().filter(one -> passes(one.position(), event)).toList(),
                found.raising().stream().filter(one -> passes(one.position(), event)).toList());
    }

    /** The same without the index. */
    Candidates all(EventTree event) {
        int[] passing = IntStream.range(0, python.size()).filter(i -> passes(i, event)).toArray();
        return Candidates.undecided(passing);
    }

    /** What Python said when a rule raised the exception of that number; null if not known. */
    @Nullable RuleOutcome raised(Candidates.Raising raising) {
        return raised.get(raising.number());
    }

    /** Keeps what Python said, if it is an exception of the rule itself. */
    void remember(Candidates.Raising raising, RuleOutcome outcome) {
        if (outcome.error().isEmpty() || outcome.error().get().trace().isEmpty()) {
            return;
        }
        if (raised.size() == MAX_RAISED) {
            raised.clear();
        }
        raised.put(raising.number(), outcome);
    }

    private boolean passes(int position, EventTree event) {
        RuleDefinition definition = python.get(position).definition();
        return !definition.isFiltered() || definition.filter().matches(event.root());
    }
}
