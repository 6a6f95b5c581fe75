package dev.caracal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of a folder tree in Panther's layout, sorted by what they are, and what is wrong with
 * the others: one bad file never keeps the rest out.
 *
 * @param globals modules that rules import
 * @param dataModels no two enabled ones for a log type
 * @param lookupTables whose YAML can be read; their data is not read yet
 * @param rules whose YAML can be read, scheduled ones included; their Python is not compiled yet
 * @param queries saved and scheduled ones, which count as not run, too
 * @param notRun number of files of each type that is known and not run here
 * @param passedOver YAML files that are no part of a rule pack, as they have neither {@code
 *     AnalysisType} nor an id
 * @param incompletePacks ids that files of type {@code pack} name and no file has, which keep
 *     nothing out
 */
public record RulePack(
        List<RuleSource> globals,
        List<RuleSource> dataModels,
        List<RuleSource> lookupTables,
        List<RuleSource> rules,
        List<SavedQuery> queries,
        Map<AnalysisType, Integer> notRun,
        List<String> passedOver,
        List<RuleProblem> problems,
        List<RuleProblem> incompletePacks) {

    public RulePack {
        globals = List.copyOf(globals);
        dataModels = List.copyOf(dataModels);
        lookupTables = List.copyOf(lookupTables);
        rules = List.copyOf(rules);
        queries = List.copyOf(queries);
        notRun = Map.copyOf(notRun);
        passedOver = List.copyOf(passedOver);
        problems = List.copyOf(problems);
        incompletePacks = List.copyOf(incompletePacks);
    }

    /**
     * Pairs each YAML file with the Python file that it names, in its folder. Of two files with one
     * id, the one whose path comes first stays.
     *
     * @param files from path, with {@code /} between folders, to content; hidden ones, those in a
     *     folder {@code templates}, and what is neither YAML nor named by a YAML file are passed
     *     over
     */
    public static RulePack load(Map<String, String> files) {
        return new RulePackLoader(files, Map.of()).load();
    }

    /** What the rules need: the globals and the data models. */
    public List<RuleSource> basis() {
        var basis = new ArrayList<RuleSource>(globals);
        basis.addAll(dataModels);
        return basis;
    }

    /** All that an engine needs. */
    public List<RuleSource> sources() {
        var sources = new ArrayList<RuleSource>(basis());
        sources.addAll(rules);
        return sources;
    }
}
