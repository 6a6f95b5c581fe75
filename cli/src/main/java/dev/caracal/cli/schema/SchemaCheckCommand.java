package dev.caracal.cli.schema;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.logtypes.SchemaFiles;
import dev.caracal.parsers.schema.SchemaChange;
import dev.caracal.parsers.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks that schemas can be used, and may replace those before them. */
@Command(
        name = "check",
        description = {
            "Check schemas, and name what is wrong with file and line.",
            "With --against, also what of the schemas before must not change: fields are neither",
            "removed nor renamed, nor do they change their type."
        },
        footer = {"", "Example: caracal schema check my/schemas --against deployed/schemas"})
final class SchemaCheckCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--against",
            paramLabel = "OLD",
            description = "The schemas that they will replace: a file or folder.")
    private @Nullable Path against;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Schemas, or folders of them.")
    private List<Path> paths = List.of();

    private int problems;

    SchemaCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SchemaFiles files = SchemaFiles.read(paths);
        if (files.schemas().isEmpty() && files.problems().isEmpty()) {
            throw new WrongUsageException("there is no schema in " + paths);
        }
        files.problems().forEach(this::report);
        Map<String, SchemaFile> byName = new HashMap<>();
        for (SchemaFile file : files.schemas()) {
            SchemaFile same = byName.putIfAbsent(file.schema().name(), file);
            if (same != null) {
                report(
                        file.name()
                                + ": schema "
                                + file.schema().name()
                                + " is in "
                                + same.name()
                                + " too");
            }
        }
        if (against != null) {
            SchemaFiles before = SchemaFiles.read(List.of(against));
            before.problems().forEach(this::report);
            before.schemas().forEach(old -> compare(old, byName.get(old.schema().name())));
        }
        console.out()
                .printf(
                        "%d schemas, %d problems%n",
                        files.schemas().size() + files.problems().size(), problems);
        return problems == 0 ? 0 : 1;
    }

    private void compare(SchemaFile before, @Nullable SchemaFile after) {
        if (after != null) {
            SchemaChange.check(before, after).forEach(change -> report(change.toString()));
        }
    }

    private void report(String problem) {
        problems++;
        console.out().println(problem);
    }
}
