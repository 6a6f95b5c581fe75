package dev.caracal.cli.replay;

import dev.caracal.cli.rules.RuleFiles;
import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RuleMetadata;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleReader;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that a replay judges by.
 *
 * @param sources those that run, after the globals and data models that they use
 * @param logTypes of the rules
 * @param enabled number of rules that run
 * @param problems what is wrong with files that are left out
 */
record ReplayedRules(
        List<RuleSource> sources, Set<String> logTypes, int enabled, List<RuleProblem> problems) {

    ReplayedRules {
        sources = List.copyOf(sources);
        problems = List.copyOf(problems);
    }

    /**
     * @param paths if empty, the built-in rules
     */
    static ReplayedRules read(List<Path> paths) throws IOException {
        List<RuleSource> sources = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        for (Path path : paths) {
            RulePack pack = RulePack.load(RuleFiles.read(path));
            sources.addAll(RulePack.load(RuleFiles.basisAbove(path)).basis());
            sources.addAll(pack.basis());
            pack.rules().stream()
                    .filter(rule -> rule.type() == AnalysisType.RULE)
                    .forEach(sources::add);
            problems.addAll(pack.problems());
        }
        return loaded(paths.isEmpty() ? BuiltinRules.sources() : sources, problems);
    }

    /** The tasks leave out what cannot be loaded, too; here it is said. */
    private static ReplayedRules loaded(List<RuleSource> sources, List<RuleProblem> problems) {
        try (RuleEngine engine = new RuleEngine()) {
            problems.addAll(engine.load(sources).problems());
        }
        Set<String> logTypes = new TreeSet<>();
        int enabled = 0;
        for (RuleSource source : sources) {
            if (source.type() != AnalysisType.RULE) {
                continue;
            }
            try {
                RuleMetadata rule = RuleReader.read(source);
                if (rule.enabled()) {
                    enabled++;
                    logTypes.addAll(rule.logTypes());
                }
            } catch (RuleException e) {
                // Its problems are among those of the engine.
            }
        }
        return new ReplayedRules(sources, logTypes, enabled, problems);
    }
}
