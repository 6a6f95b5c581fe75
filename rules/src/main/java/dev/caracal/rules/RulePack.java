package dev.caracal.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of a folder tree, and what is wrong with the others: one bad rule never keeps the rest
 * out.
 *
 * @param sources of the rules that can be read, by path; their Python is not compiled yet
 */
public record RulePack(List<RuleSource> sources, List<RuleProblem> problems) {

    public RulePack {
        sources = List.copyOf(sources);
        problems = List.copyOf(problems);
    }

    /**
     * Pairs each YAML file with the Python file that it names, in its folder. Of two rules with one
     * id, the one whose path comes first stays.
     *
     * @param files from path, with {@code /} between folders, to content; what is neither YAML nor
     *     named by a YAML file is passed over
     */
    public static RulePack load(Map<String, String> files) {
        var sources = new ArrayList<RuleSource>();
        var problems = new ArrayList<RuleProblem>();
        var pathsById = new HashMap<String, String>();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            String path = file.getKey();
            if (!path.endsWith(".yml") && !path.endsWith(".yaml")) {
                continue;
            }
            try {
                RuleMetadata rule = RuleReader.read(new RuleSource(path, file.getValue(), ""));
                String python = files.get(rule.pythonPath());
                if (python == null) {
                    throw new RuleException(
                            new RuleProblem(
                                    path, 0, "Filename: there is no file " + rule.pythonPath()));
                }
                String first = pathsById.putIfAbsent(rule.ruleId(), path);
                if (first != null) {
                    throw new RuleException(
                            new RuleProblem(
                                    path,
                                    0,
                                    "RuleID " + rule.ruleId() + " is already that of " + first));
                }
                sources.add(new RuleSource(path, file.getValue(), python));
            } catch (RuleException e) {
                problems.addAll(e.problems());
            }
        }
        return new RulePack(sources, problems);
    }
}
