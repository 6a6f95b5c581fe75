package dev.caracal.job.detect;

import dev.caracal.rules.RuleSource;
import java.util.List;

/**
 * The rules in force, all of them accepted, no two with the same id.
 *
 * @param rules built-in ones included
 */
public record RuleSet(List<RuleSource> rules) {}
