package dev.caracal.rules;

import dev.caracal.rules.candidate.CandidateIndex;
import dev.caracal.rules.candidate.Screen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rules that run, by log type.
 *
 * <p>Those of a log type are prepared when its first event comes: reading rules' syntax takes long.
 * When some of them change, what is known of the others stays.
 */
final class RulesByLogType {

    private final PythonContext python;
    private final PythonJudge judge;
    private final DataModels dataModels;
    private final Map<String, Screen> screens = new HashMap<>();
    private final Map<String, LogTypeRules> prepared = new HashMap<>();

    /** Those that others took the place of, and that no event has come for since. */
    private final Map<String, LogTypeRules> outdated = new HashMap<>();

    private Map<String, List<LoadedRule>> running = Map.of();

    RulesByLogType(PythonContext python, PythonJudge judge, DataModels dataModels) {
        this.python = python;
        this.judge = judge;
        this.dataModels = dataModels;
    }

    /** Makes these the rules that run. */
    void use(Collection<LoadedRule> rules) {
        var byLogType = new HashMap<String, List<LoadedRule>>();
        for (LoadedRule rule : rules) {
            for (String logType : rule.metadata().logTypes()) {
                byLogType.computeIfAbsent(logType, key -> new ArrayList<>()).add(rule);
            }
        }
        running = byLogType;
        for (LogTypeRules of : List.copyOf(prepared.values())) {
            if (!of.rules().equals(byLogType.get(of.logType()))) {
                prepared.remove(of.logType());
                outdated.put(of.logType(), of);
            }
        }
        outdated.keySet().retainAll(byLogType.keySet());
    }

    /** The rule is another, or gone. */
    void forget(String ruleId) {
        screens.remove(ruleId);
    }

    /** Only these rules are left. */
    void retain(Set<String> ruleIds) {
        screens.keySet().retainAll(ruleIds);
    }

    /** The data models are others. */
    void forgetDataModels() {
        prepared.clear();
        outdated.clear();
    }

    /** Null if no rule runs for the log type. */
    @Nullable LogTypeRules find(String logType) {
        List<LoadedRule> rules = running.get(logType);
        return rules == null ? null : prepared.computeIfAbsent(logType, key -> prepare(key, rules));
    }

    private LogTypeRules prepare(String logType, List<LoadedRule> rules) {
        List<Screen> ofPython = new ArrayList<>();
        for (LoadedRule rule : rules) {
            Value module = rule.python();
            if (module != null) {
                ofPython.add(
                        screens.computeIfAbsent(
                                rule.metadata().ruleId(), key -> judge.screen(module)));
            }
        }
        LogTypeRules before = outdated.remove(logType);
        CandidateIndex index =
                before == null
                        ? new CandidateIndex(
                                ofPython, dataModels.fields(logType), python.cacheCalls())
                        : before.index().with(ofPython);
        return new LogTypeRules(logType, rules, index, python);
    }
}
