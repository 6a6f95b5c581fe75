package dev.caracal.job.detect;

import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleReader;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides which rules are in force, from the files of the control location.
 *
 * <p>A rule is accepted if it can be read, compiles, and passes its own tests. One that is not
 * leaves the version before it in force. A rule of the control location replaces the built-in one
 * with its id.
 */
final class RuleSetCheck {

    /** Folder of the control location that holds the rules. */
    static final String FOLDER = "rules";

    private final RuleTester tester;
    private final boolean builtin;
    private Map<String, RuleSource> acceptedByPath = new TreeMap<>();

    /**
     * @param engine in which the rules' tests run
     * @param builtin whether the rules that come with Caracal are in force too
     */
    RuleSetCheck(RuleEngine engine, boolean builtin) {
        this.tester = new RuleTester(engine);
        this.builtin = builtin;
    }

    /**
     * @param problems what is wrong with the files that were refused
     */
    record Checked(RuleSet ruleSet, List<RuleProblem> problems) {}

    /** Takes up rules that were accepted before a restart. */
    void restore(Iterable<RuleSource> accepted) {
        accepted.forEach(source -> acceptedByPath.put(source.path(), source));
    }

    /** The accepted rules of the control location. */
    List<RuleSource> accepted() {
        return List.copyOf(acceptedByPath.values());
    }

    Checked check(SortedMap<String, String> files) {
        RulePack pack = RulePack.load(files);
        List<RuleProblem> problems = new ArrayList<>(pack.problems());
        Map<String, RuleSource> accepted = new TreeMap<>();
        for (String path : files.keySet()) {
            RuleSource before = acceptedByPath.get(path);
            if (before != null) {
                accepted.put(path, before);
            }
        }
        for (RuleSource source : pack.sources()) {
            if (source.equals(acceptedByPath.get(source.path()))) {
                continue;
            }
            try {
                tester.check(source);
                accepted.put(source.path(), source);
            } catch (RuleException e) {
                problems.addAll(e.problems());
            }
        }
        acceptedByPath = accepted;
        return new Checked(new RuleSet(inForce()), problems);
    }

    private List<RuleSource> inForce() {
        Map<String, RuleSource> byId = new LinkedHashMap<>();
        if (builtin) {
            BuiltinRules.sources().forEach(source -> byId.put(ruleId(source), source));
        }
        acceptedByPath.values().forEach(source -> byId.put(ruleId(source), source));
        return List.copyOf(byId.values());
    }

    static String ruleId(RuleSource source) {
        try {
            return RuleReader.read(source).ruleId();
        } catch (RuleException e) {
            throw new IllegalStateException("An accepted rule cannot be read: " + source.path(), e);
        }
    }
}
