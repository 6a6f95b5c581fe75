package dev.caracal.job.detect;

import dev.caracal.job.lookup.LookupTableSource;
import dev.caracal.rules.RuleSource;
import java.util.List;

/**
 * The rules in force, all of them accepted, no two with the same id, and the globals, data models
 * and lookup tables that they use.
 *
 * @param rules built-in ones included, after the globals and data models
 * @param lookupTables without their data
 */
public record RuleSet(List<RuleSource> rules, List<LookupTableSource> lookupTables) {}
