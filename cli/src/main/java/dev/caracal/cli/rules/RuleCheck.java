package dev.caracal.cli.rules;

import dev.caracal.cli.ClosestName;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.DataModel;
import dev.caracal.rules.FieldReads;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RuleMetadata;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleReader;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Checks the rules of a pack: whether they compile, and whether they can see what they look for.
 */
final class RuleCheck {

    private static final String DEPRECATED = "Deprecated";

    private final List<RuleSource> basis;
    private final List<RuleSource> rules;
    private final LogTypes own;

    /**
     * @param basis globals and data models
     * @param own log types besides the built-in ones
     */
    RuleCheck(List<RuleSource> basis, List<RuleSource> rules, LogTypes own) {
        this.basis = List.copyOf(basis);
        this.rules = List.copyOf(rules);
        this.own = own;
    }

    /** Compiles in one thread, and reads in another. */
    List<Finding> run() throws InterruptedException, ExecutionException {
        var compiling = new FutureTask<List<Finding>>(this::compile);
        var thread = new Thread(compiling, "caracal-check");
        thread.setDaemon(true);
        thread.start();
        var findings = new ArrayList<Finding>(read());
        findings.addAll(compiling.get());
        return findings;
    }

    private List<Finding> compile() {
        var problems = new ArrayList<RuleProblem>();
        try (var engine = new RuleEngine()) {
            var tester = new RuleTester(engine);
            problems.addAll(tester.use(basis).problems());
            for (RuleSource rule : rules) {
                try {
                    tester.compile(rule);
                } catch (RuleException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        return problems.stream().map(Finding::error).toList();
    }

    private List<Finding> read() {
        var seen = new SeenFields();
        Map<RuleSource, RuleMetadata> readable = new LinkedHashMap<>();
        for (RuleSource source : rules) {
            try {
                RuleMetadata rule = RuleReader.read(source);
                readable.put(source, rule);
                rule.tests().forEach(seen::add);
            } catch (RuleException e) {
                // Compiling it says the same.
            }
        }
        var findings = new ArrayList<Finding>();
        var check = new FieldCheck(dataModels(), seen);
        try (var reads = new FieldReads()) {
            readable.forEach((source, rule) -> findings.addAll(read(source, rule, check, reads)));
        }
        return findings;
    }

    private List<DataModel> dataModels() {
        var models = new ArrayList<DataModel>();
        for (RuleSource source : basis) {
            try {
                if (source.type() == AnalysisType.DATA_MODEL) {
                    models.add(DataModel.read(source));
                }
            } catch (RuleException e) {
                // Loading it says the same.
            }
        }
        return models;
    }

    private List<Finding> read(
            RuleSource source, RuleMetadata rule, FieldCheck check, FieldReads reads) {
        var findings = new ArrayList<Finding>();
        if (rule.enabled() && rule.status().equalsIgnoreCase(DEPRECATED)) {
            findings.add(
                    Finding.warning(
                            rule.path(),
                            lineOf("Status", source),
                            "the rule is enabled, and its Status is Deprecated"));
        }
        var logTypes = new ArrayList<LogType>();
        for (String name : rule.logTypes()) {
            Optional<LogType> logType = own.find(name).or(() -> LogTypes.builtin().find(name));
            logType.ifPresentOrElse(
                    logTypes::add, () -> findings.add(unknownLogType(name, rule, source)));
        }
        if (rule.type() == AnalysisType.RULE && logTypes.size() == rule.logTypes().size()) {
            findings.addAll(check.check(reads.of(source, rule), logTypes));
        }
        return findings;
    }

    private Finding unknownLogType(String name, RuleMetadata rule, RuleSource source) {
        Set<String> names = new TreeSet<>(LogTypes.builtin().names());
        names.addAll(own.names());
        String suggestion =
                ClosestName.near(name, names)
                        .map(closest -> ", did you mean " + closest + "?")
                        .orElse("; one of your own needs its --schema");
        return Finding.error(
                new RuleProblem(
                        rule.path(),
                        lineOf(name, source),
                        "there is no log type " + name + suggestion));
    }

    /** The first line of the YAML with a word; 0 if there is none, as in a derived rule. */
    private static int lineOf(String word, RuleSource source) {
        List<String> lines = source.yaml().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(word)) {
                return i + 1;
            }
        }
        return 0;
    }
}
