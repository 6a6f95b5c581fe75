package dev.caracal.cli.test;

import dev.caracal.cli.ClosestName;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RuleMetadata;
import dev.caracal.rules.RuleReader;
import dev.caracal.rules.RuleSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The rules of packs that a filter lets through. */
record Selection(RuleFilter filter, List<Path> paths) {

    /**
     * @throws WrongUsageException if there is none
     */
    List<RuleSource> of(TestedPack pack) {
        if (pack.isEmpty()) {
            throw new WrongUsageException("there is no rule in " + paths);
        }
        if (filter.isOpen()) {
            return pack.rules();
        }
        var selected = new ArrayList<RuleSource>();
        var all = new ArrayList<RuleMetadata>();
        for (RuleSource source : pack.rules()) {
            RuleMetadata rule = read(source);
            all.add(rule);
            if (filter.accepts(rule)) {
                selected.add(source);
            }
        }
        if (selected.isEmpty()) {
            throw new WrongUsageException(nothing(all));
        }
        return selected;
    }

    private static RuleMetadata read(RuleSource source) {
        try {
            return RuleReader.read(source);
        } catch (RuleException e) {
            throw new IllegalStateException("a pack's rules can be read", e);
        }
    }

    private String nothing(List<RuleMetadata> rules) {
        var text = new StringBuilder("none of " + rules.size() + " rules fits the filters");
        explain("rule", filter.ruleIds(), rules, rule -> List.of(rule.ruleId()), text);
        explain("log type", filter.logTypes(), rules, RuleMetadata::logTypes, text);
        explain("tag", filter.tags(), rules, RuleMetadata::tags, text);
        return text.toString();
    }

    private static void explain(
            String what,
            Set<String> wanted,
            List<RuleMetadata> rules,
            Function<RuleMetadata, Collection<String>> values,
            StringBuilder text) {
        Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rules.forEach(rule -> there.addAll(values.apply(rule)));
        for (String value : wanted) {
            if (!there.contains(value)) {
                text.append("; there is no ").append(what).append(' ').append(value);
                ClosestName.near(value, there)
                        .ifPresent(near -> text.append(", did you mean ").append(near));
            }
        }
    }
}
