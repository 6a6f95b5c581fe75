package dev.caracal.cli.schema;

import dev.caracal.cli.Console;
import dev.caracal.cli.parse.FileParser;
import dev.caracal.cli.parse.LogInputs;
import dev.caracal.cli.parse.S3Options;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.authoring.SchemaInference;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import dev.caracal.parsers.stream.LogStream;
import dev.caracal.parsers.stream.LogStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Infers a schema from raw logs, then tries it on them. */
@Command(
        name = "infer",
        description = {
            "Infer a schema from raw logs whose records are JSON, and write it to stdout.",
            "The logs are then parsed with it; what is rejected is named on stderr."
        },
        footer = {
            "",
            "Example: caracal schema infer --name Vendor.Name samples/*.gz > Vendor.Name.yml"
        })
final class SchemaInferCommand implements Callable<Integer> {

    private static final int MAX_RECORD_BYTES = 16 << 20;

    private final Console console;
    private final SchemaInference inference = new SchemaInference();
    private boolean complete = true;

    @Option(
            names = "--name",
            defaultValue = "Vendor.Name",
            paramLabel = "NAME",
            description = "Name of the log type (default: Vendor.Name).")
    private String name = "Vendor.Name";

    @Mixin private S3Options s3 = new S3Options();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Raw logs as `caracal parse` takes them; - is stdin.")
    private List<String> files = List.of();

    SchemaInferCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        byte[] stdin = files.contains(LogInputs.STDIN) ? console.in().readAllBytes() : new byte[0];
        try (LogInputs inputs = new LogInputs(withInput(stdin), s3)) {
            inputs.forEach(files, this::sample, this::fail);
        }
        String yaml = inference.yaml(name);
        console.out().print(yaml);
        console.out().flush();
        FileParser parser =
                new FileParser(
                        new Classifier(List.of(read(yaml))),
                        "auto",
                        console,
                        InstantSource.system(),
                        event -> {});
        try (LogInputs inputs = new LogInputs(withInput(stdin), s3)) {
            inputs.forEach(files, parser::parse, (input, why) -> {});
        }
        console.err().println(parser.summary());
        return complete && parser.rejectedRecords() == 0 ? 0 : 1;
    }

    private Console withInput(byte[] stdin) {
        return new Console(new ByteArrayInputStream(stdin), console.out(), console.err());
    }

    private void sample(String input, InputStream content) throws IOException {
        LogStream stream = LogStreams.open("auto", content, input, MAX_RECORD_BYTES);
        for (long record = 1; stream.next(); record++) {
            try {
                inference.add(stream.buffer(), stream.offset(), stream.length());
            } catch (MismatchException e) {
                fail(input, "record " + record + " is left out: " + e.getMessage());
            }
        }
    }

    private void fail(String input, String why) {
        complete = false;
        console.err().println(input + ": " + why);
    }

    private static LogType read(String yaml) {
        try {
            return new LogType(SchemaReader.read("the schema", new StringReader(yaml)));
        } catch (SchemaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
