package dev.caracal.rules;

import java.util.Map;

/**
 * Reads one rule pack again and again as its files change.
 *
 * <p>A rule whose files are as they were is not read anew: of a change among hundreds of rules,
 * reading all their YAML would be most of the work. Not thread-safe.
 */
public final class RulePackReader {

    private Map<String, ReadRule> rulesByPath = Map.of();

    /**
     * A rule that was read without a problem, and is not derived.
     *
     * @param idLine where its YAML has the id
     * @param pythonPath of the Python file that its YAML names, empty if none
     */
    record ReadRule(RuleSource source, String ruleId, int idLine, String pythonPath) {

        /** Whether the files are those that it was read from. */
        boolean isFrom(Map<String, String> files) {
            return source.yaml().equals(files.get(source.path()))
                    && (pythonPath.isEmpty() || source.python().equals(files.get(pythonPath)));
        }
    }

    /** What {@link RulePack#load} gives. */
    public RulePack read(Map<String, String> files) {
        var loader = new RulePackLoader(files, rulesByPath);
        RulePack pack = loader.load();
        rulesByPath = loader.readRules();
        return pack;
    }

    /** The id of a rule, whether it is of the pack as last read or not. */
    public String ruleId(RuleSource rule) throws RuleException {
        ReadRule known = rulesByPath.get(rule.path());
        return known != null && known.source().equals(rule)
                ? known.ruleId()
                : RuleReader.read(rule).ruleId();
    }
}
