package dev.caracal.cli.test;

import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.DataModel;
import dev.caracal.rules.LoadResult;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RuleReader;
import dev.caracal.rules.RuleSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which rules may fare otherwise after a change than before. */
final class PackChange {

    private final Set<RuleSource> before;
    private final Set<String> changedModules;
    private final Set<String> logTypes = new HashSet<>();

    /**
     * @param loaded what came of loading the basis of {@code after}
     */
    PackChange(TestedPack before, TestedPack after, LoadResult loaded) {
        this.before = new HashSet<>(before.rules());
        this.changedModules = loaded.changedModules();
        addLogTypes(before, after);
        addLogTypes(after, before);
    }

    /** Of the data models that are not the same, or import what is not. */
    private void addLogTypes(TestedPack pack, TestedPack other) {
        Set<RuleSource> same = new HashSet<>(other.basis());
        for (RuleSource source : pack.basis()) {
            if (source.type() == AnalysisType.DATA_MODEL
                    && (!same.contains(source) || importsChanged(source))) {
                try {
                    logTypes.addAll(DataModel.read(source).logTypes());
                } catch (RuleException e) {
                    // It is among the pack's problems.
                }
            }
        }
    }

    private boolean importsChanged(RuleSource source) {
        return changedModules.stream().anyMatch(source.python()::contains);
    }

    List<RuleSource> affected(List<RuleSource> rules) {
        return rules.stream().filter(this::affects).toList();
    }

    private boolean affects(RuleSource rule) {
        if (!before.contains(rule) || importsChanged(rule)) {
            return true;
        }
        if (logTypes.isEmpty()) {
            return false;
        }
        try {
            return RuleReader.read(rule).logTypes().stream().anyMatch(logTypes::contains)
                    || RuleReader.read(rule).tests().stream()
                            .anyMatch(test -> logTypes.contains(test.logType()));
        } catch (RuleException e) {
            return true;
        }
    }
}
