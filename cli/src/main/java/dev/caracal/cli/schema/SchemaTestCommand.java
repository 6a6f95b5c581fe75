package dev.caracal.cli.schema;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.logtypes.SchemaFiles;
import dev.caracal.cli.parse.FileParser;
import dev.caracal.cli.parse.LogInputs;
import dev.caracal.cli.parse.S3Options;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.authoring.SchemaTestResult;
import dev.caracal.parsers.authoring.SchemaTester;
import dev.caracal.parsers.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests embedded in schemas, or tries samples on one. */
@Command(
        name = "test",
        description = {
            "Run the tests embedded in schemas, and say which pass.",
            "With --schema, say which records of raw logs that schema accepts."
        },
        footer = {
            "",
            "Example: caracal schema test my/schemas",
            "Example: caracal schema test -s my/schemas/Vendor.Name.yml samples/*.gz"
        })
final class SchemaTestCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-s", "--schema"},
            paramLabel = "SCHEMA",
            description = "The schema that is tried on raw logs.")
    private @Nullable Path schema;

    @Mixin private S3Options s3 = new S3Options();

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "Schemas, or folders of them; with --schema, raw logs as `caracal parse` takes"
                            + " them.")
    private List<String> paths = List.of();

    private int passed;
    private int failed;

    SchemaTestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return schema == null ? runTests() : trySamples(schema);
    }

    private int runTests() throws IOException {
        SchemaFiles files = SchemaFiles.read(paths.stream().map(Path::of).toList());
        files.problems().forEach(problem -> console.out().println("ERROR " + problem));
        if (files.schemas().isEmpty() && files.problems().isEmpty()) {
            throw new WrongUsageException("there is no schema in " + paths);
        }
        for (SchemaFile file : files.schemas()) {
            for (SchemaTestResult result : SchemaTester.test(file, InstantSource.system())) {
                report(file, result);
            }
        }
        console.out()
                .printf(
                        "%d schemas, %d tests: %d passed, %d failed, %d errors%n",
                        files.schemas().size() + files.problems().size(),
                        passed + failed,
                        passed,
                        failed,
                        files.problems().size());
        return failed == 0 && files.problems().isEmpty() ? 0 : 1;
    }

    private void report(SchemaFile file, SchemaTestResult result) {
        String place = file.name() + ':' + result.test().line() + ": " + result.test().name();
        if (result.passed()) {
            passed++;
            console.out().println("PASS " + place);
            return;
        }
        failed++;
        console.out().println("FAIL " + place);
        result.differences().forEach(difference -> console.out().println("    " + difference));
    }

    private int trySamples(Path path) throws IOException {
        FileParser parser =
                new FileParser(
                        new Classifier(SchemaFiles.logTypes(List.of(path))),
                        "auto",
                        console,
                        InstantSource.system(),
                        event -> {});
        try (LogInputs inputs = new LogInputs(console, s3)) {
            inputs.forEach(paths, parser::parse, parser::giveUp);
        }
        console.out().println(parser.summary());
        return parser.rejectedRecords() + parser.unreadableFiles() == 0 ? 0 : 1;
    }
}
