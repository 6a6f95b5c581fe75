package dev.caracal.rules;

import java.util.List;
import java.util.Set;

/**
 * What came of loading sources into an engine.
 *
 * @param inForce what the engine runs now: of a source that could not be loaded, the version before
 *     it, if there was one
 * @param problems what is wrong with the sources that could not be loaded
 * @param changedModules names of the globals that are not as before
 * @param dataModelsChanged whether a data model is not as before
 */
public record LoadResult(
        List<RuleSource> inForce,
        List<RuleProblem> problems,
        Set<String> changedModules,
        boolean dataModelsChanged) {

    public LoadResult {
        inForce = List.copyOf(inForce);
        problems = List.copyOf(problems);
        changedModules = Set.copyOf(changedModules);
    }

    /**
     * Whether a rule that is as before may judge otherwise with the new globals and data models.
     */
    public boolean affects(RuleSource rule) {
        return dataModelsChanged || PythonModules.mentions(rule.python(), changedModules);
    }
}
