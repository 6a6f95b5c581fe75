package dev.caracal.cli.rules;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.logtypes.SchemaFiles;
import dev.caracal.parsers.LogTypes;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks rules without running their tests. */
@Command(
        name = "check",
        description = {
            "Check rules, and name what is wrong with file and line.",
            "Errors: YAML, keys, Python, log types that do not exist, ids that are there twice, and",
            "ids that packs name and that are not there. Warnings: fields that a rule reads and that",
            "no log type of the rule has, and names that no data model has."
        },
        footer = {"", "Example: caracal rules check my/rules --schema my/schemas"})
final class RulesCheckCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A folder of rules, a zip file of one, or the YAML file of one rule.")
    private List<Path> paths = List.of();

    @Option(
            names = "--schema",
            paramLabel = "PATH",
            description = "A schema of your own, or a folder of them.")
    private List<Path> schemas = List.of();

    @Option(names = "--strict", description = "Exit with 1 if there are warnings, too.")
    private boolean strict;

    RulesCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        LogTypes own = LogTypes.of(SchemaFiles.logTypes(schemas));
        var findings = new ArrayList<Finding>();
        var basis = new ArrayList<RuleSource>();
        var rules = new ArrayList<RuleSource>();
        for (Path path : paths) {
            RulePack pack = RulePack.load(RuleFiles.read(path));
            pack.problems().forEach(problem -> findings.add(Finding.error(problem)));
            pack.incompletePacks().forEach(problem -> findings.add(Finding.error(problem)));
            basis.addAll(RulePack.load(RuleFiles.basisAbove(path)).basis());
            basis.addAll(pack.basis());
            rules.addAll(pack.rules());
        }
        if (rules.isEmpty() && basis.isEmpty() && findings.isEmpty()) {
            throw new WrongUsageException("there is no rule in " + paths);
        }
        findings.addAll(new RuleCheck(basis, rules, own).run());
        findings.stream().distinct().sorted(Finding.IN_ORDER).forEach(console.out()::println);
        long errors = findings.stream().distinct().filter(Finding::isError).count();
        long warnings = findings.stream().distinct().count() - errors;
        console.out().printf("%d rules, %d errors, %d warnings%n", rules.size(), errors, warnings);
        return errors > 0 || (strict && warnings > 0) ? 1 : 0;
    }
}
