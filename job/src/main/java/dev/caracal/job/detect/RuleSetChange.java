package dev.caracal.job.detect;

import dev.caracal.job.lookup.LookupTableSource;
import dev.caracal.rules.RuleSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes one rule set of the one before it: a set of hundreds of rules is megabytes, and tasks
 * that judge events would stand still while they read it.
 *
 * @param whole whether nothing stays of the set before
 * @param rules rules, globals and data models that are new, or not as before
 * @param removedPaths of those that are gone
 * @param lookupTables all that are in force
 */
public record RuleSetChange(
        boolean whole,
        List<RuleSource> rules,
        List<String> removedPaths,
        List<LookupTableSource> lookupTables) {

    /** The set as a whole, whatever was in force before it. */
    public static RuleSetChange to(RuleSet set) {
        return new RuleSetChange(true, set.rules(), List.of(), set.lookupTables());
    }

    /**
     * @param before null for a first set, which comes as a whole
     */
    static RuleSetChange between(@Nullable RuleSet before, RuleSet after) {
        if (before == null) {
            return to(after);
        }
        Map<String, RuleSource> gone = new HashMap<>();
        before.rules().forEach(rule -> gone.put(rule.path(), rule));
        List<RuleSource> changed = new ArrayList<>();
        for (RuleSource rule : after.rules()) {
            if (!rule.equals(gone.remove(rule.path()))) {
                changed.add(rule);
            }
        }
        return new RuleSetChange(false, changed, List.copyOf(gone.keySet()), after.lookupTables());
    }
}
