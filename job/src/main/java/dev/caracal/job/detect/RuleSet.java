package dev.caracal.job.detect;

import dev.caracal.rules.RuleSource;
import java.util.List;

/**
 * The rules in force, all of them accepted, no two with the same id, and the globals and data
 * models that they use.
 *
 * @param rules built-in ones included, after the globals and data models
 */
public record RuleSet(List<RuleSource> rules) {}
