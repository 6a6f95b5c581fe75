package dev.caracal.job.detect;

import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.LoadResult;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RulePackReader;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTester;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides which rules are in force, and with which globals and data models, from the files of the
 * control location.
 *
 * <p>A rule is accepted if it can be read, compiles, and passes its own tests. One that is not
 * leaves the version before it in force. A rule of the control location replaces the built-in one
 * with its id.
 *
 * <p>Globals and data models are accepted if they load, and all together only if every rule that
 * has not changed still passes its tests with them.
 */
final class RuleSetCheck {

    /** Folder of the control location that holds the rules. */
    static final String FOLDER = "rules";

    private final RulePackReader reader = new RulePackReader();
    private final boolean builtin;
    private List<RuleSource> basis = List.of();
    private Map<String, RuleSource> rulesByPath = new TreeMap<>();

    /**
     * @param builtin whether the rules that come with Caracal are in force too
     */
    RuleSetCheck(boolean builtin) {
        this.builtin = builtin;
    }

    /**
     * @param rules those in force, after the globals and data models that they use
     * @param problems what is wrong with the files that were refused
     */
    record Checked(List<RuleSource> rules, List<RuleProblem> problems) {}

    /** Takes up what was accepted before a restart. */
    void restore(Iterable<RuleSource> accepted) {
        List<RuleSource> restored = new ArrayList<>();
        for (RuleSource source : accepted) {
            if (source.type().isRule()) {
                rulesByPath.put(source.path(), source);
            } else {
                restored.add(source);
            }
        }
        basis = List.copyOf(restored);
    }

    /** What is accepted of the control location. */
    List<RuleSource> accepted() {
        List<RuleSource> accepted = new ArrayList<>(basis);
        accepted.addAll(rulesByPath.values());
        return accepted;
    }

    /**
     * Reads and tests what is not as it was.
     *
     * @param engine in which the rules' tests run; nothing else may use it
     */
    Checked check(RuleEngine engine, SortedMap<String, String> files) {
        return check(engine, files, () -> {});
    }

    /**
     * @param pause is run after each step
     */
    Checked check(RuleEngine engine, SortedMap<String, String> files, Runnable pause) {
        var tester = new RuleTester(engine, pause);
        tester.use(basis);
        pause.run();
        RulePack pack = reader.read(files);
        pause.run();
        List<RuleProblem> problems = new ArrayList<>(pack.problems());
        Map<String, RuleSource> before = new TreeMap<>(rulesByPath);
        before.keySet().retainAll(files.keySet());
        List<RuleSource> wanted = wantedBasis(pack, files.keySet());
        if (!Set.copyOf(wanted).equals(Set.copyOf(basis))) {
            acceptBasis(wanted, pack, before, tester, problems);
        }
        rulesByPath = acceptRules(pack, before, tester, problems);
        return new Checked(inForce(), problems);
    }

    /** The pack's, and of a file that is there and cannot be read, the version before. */
    private List<RuleSource> wantedBasis(RulePack pack, Set<String> paths) {
        List<RuleSource> wanted = new ArrayList<>(pack.basis());
        Set<String> read = new HashSet<>();
        wanted.forEach(source -> read.add(source.path()));
        for (RuleSource source : basis) {
            if (paths.contains(source.path()) && !read.contains(source.path())) {
                wanted.add(source);
            }
        }
        return wanted;
    }

    private void acceptBasis(
            List<RuleSource> wanted,
            RulePack pack,
            Map<String, RuleSource> before,
            RuleTester tester,
            List<RuleProblem> problems) {
        LoadResult loaded = tester.use(wanted);
        problems.addAll(loaded.problems());
        List<RuleProblem> broken = new ArrayList<>();
        for (RuleSource source : pack.rules()) {
            if (source.equals(before.get(source.path())) && loaded.affects(source)) {
                check(source, tester, broken);
            }
        }
        if (broken.isEmpty()) {
            basis = loaded.inForce();
            return;
        }
        for (RuleProblem problem : broken) {
            problems.add(
                    new RuleProblem(
                            problem.path(),
                            problem.line(),
                            "with the changed globals and data models, which are refused for it: "
                                    + problem.reason()));
        }
        tester.use(basis);
    }

    private Map<String, RuleSource> acceptRules(
            RulePack pack,
            Map<String, RuleSource> before,
            RuleTester tester,
            List<RuleProblem> problems) {
        Map<String, RuleSource> accepted = new TreeMap<>(before);
        for (RuleSource source : pack.rules()) {
            if (!source.equals(before.get(source.path())) && check(source, tester, problems)) {
                accepted.put(source.path(), source);
            }
        }
        return accepted;
    }

    private static boolean check(RuleSource source, RuleTester tester, List<RuleProblem> problems) {
        try {
            tester.check(source);
            return true;
        } catch (RuleException e) {
            problems.addAll(e.problems());
            return false;
        }
    }

    private List<RuleSource> inForce() {
        Map<String, RuleSource> byId = new LinkedHashMap<>();
        if (builtin) {
            BuiltinRules.sources().forEach(source -> byId.put(ruleId(source), source));
        }
        rulesByPath.values().forEach(source -> byId.put(ruleId(source), source));
        List<RuleSource> inForce = new ArrayList<>(basis);
        inForce.addAll(byId.values());
        return List.copyOf(inForce);
    }

    private String ruleId(RuleSource source) {
        try {
            return reader.ruleId(source);
        } catch (RuleException e) {
            throw new IllegalStateException("An accepted rule cannot be read: " + source.path(), e);
        }
    }
}
