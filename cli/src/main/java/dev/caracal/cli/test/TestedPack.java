package dev.caracal.cli.test;

import dev.caracal.cli.rules.RuleFiles;
import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.PackLookupTables;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that is under test: the rule packs under some paths as one.
 *
 * @param basis the globals and data models, also those of the packs to which the paths belong
 * @param lookupTables of the packs under test
 * @param rules those under test
 * @param notRun number of files of each type that has no tests here
 * @param problems what is wrong with files that cannot be read
 */
record TestedPack(
        List<RuleSource> basis,
        PackLookupTables lookupTables,
        List<RuleSource> rules,
        Map<AnalysisType, Integer> notRun,
        List<RuleProblem> problems) {

    TestedPack {
        basis = List.copyOf(basis);
        rules = List.copyOf(rules);
        notRun = Map.copyOf(notRun);
        problems = List.copyOf(problems);
    }

    /**
     * @param paths if empty, the built-in rules
     */
    static TestedPack read(List<Path> paths) throws IOException {
        if (paths.isEmpty()) {
            return new TestedPack(
                    List.of(),
                    PackLookupTables.load(List.of()),
                    BuiltinRules.sources(),
                    Map.of(),
                    List.of());
        }
        var basis = new ArrayList<RuleSource>();
        var tables = new ArrayList<RuleSource>();
        var rules = new ArrayList<RuleSource>();
        var notRun = new EnumMap<AnalysisType, Integer>(AnalysisType.class);
        var problems = new ArrayList<RuleProblem>();
        for (Path path : paths) {
            RulePack pack = RulePack.load(RuleFiles.read(path));
            basis.addAll(RulePack.load(RuleFiles.basisAbove(path)).basis());
            basis.addAll(pack.basis());
            tables.addAll(pack.lookupTables());
            rules.addAll(pack.rules());
            problems.addAll(pack.problems());
            pack.notRun().forEach((type, count) -> notRun.merge(type, count, Integer::sum));
        }
        PackLookupTables lookupTables = PackLookupTables.load(tables);
        problems.addAll(lookupTables.problems());
        return new TestedPack(basis, lookupTables, rules, notRun, problems);
    }

    boolean isEmpty() {
        return basis.isEmpty() && rules.isEmpty() && problems.isEmpty();
    }

    /** Whether there is more than rules, globals and data models. */
    boolean hasMore() {
        return !notRun.isEmpty()
                || lookupTables.withoutData() > 0
                || lookupTables.tables().size() > 0;
    }

    /** In words, what was used and what was passed over. */
    String surroundings() {
        var types = new ArrayList<String>();
        notRun.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(type -> types.add(type.getValue() + " " + type.getKey().yamlName()));
        return basis.size()
                + " globals and data models, "
                + lookupTables.tables().size()
                + " lookup tables, "
                + lookupTables.withoutData()
                + " more without data; not run here: "
                + (types.isEmpty() ? "nothing" : String.join(", ", types));
    }
}
