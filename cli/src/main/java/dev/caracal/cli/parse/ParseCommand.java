package dev.caracal.cli.parse;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.logtypes.LogTypeNames;
import dev.caracal.cli.logtypes.SchemaFiles;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.stream.LogStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses raw logs into events, one JSON object a line. */
@Command(
        name = "parse",
        description = {
            "Parse raw logs into events, one JSON object a line on stdout.",
            "Records that are rejected are named on stderr, with the reasons."
        },
        footer = {
            "",
            "Example: caracal parse --log-type AWS.CloudTrail,AWS.ALB logs/*.gz | jq .",
            "Example: caracal parse --schema my/schemas s3://my-bucket/app/2026/"
        })
public final class ParseCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--log-type",
            split = ",",
            paramLabel = "TYPE",
            description =
                    "What the records may be, for example AWS.CloudTrail (default: the log types of"
                            + " --schema).")
    private List<String> logTypes = List.of();

    @Option(
            names = "--schema",
            split = ",",
            paramLabel = "PATH",
            description =
                    "A schema of your own, or a folder of them. One that has the name of a built-in"
                            + " log type takes its place.")
    private List<Path> schemas = List.of();

    @Option(
            names = "--log-stream",
            defaultValue = "auto",
            paramLabel = "NAME",
            description =
                    "How records are found: auto (default), lines, csv, json, json-array,"
                            + " json-array:PATH, cloudtrail or cloudwatch.")
    private String logStream = "auto";

    @Option(names = "--strict", description = "Exit with status 1 if a record is rejected.")
    private boolean strict;

    @Mixin private S3Options s3 = new S3Options();

    @Parameters(
            paramLabel = "FILE",
            defaultValue = LogInputs.STDIN,
            description =
                    "Plain, or compressed with gzip, zstd or bzip2; - is stdin (default);"
                            + " s3://bucket/key, or a prefix for all objects below it.")
    private List<String> files = List.of(LogInputs.STDIN);

    public ParseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!LogStreams.exists(logStream)) {
            throw new WrongUsageException(
                    "there is no log stream \""
                            + logStream
                            + "\"; expected one of "
                            + String.join(", ", LogStreams.names()));
        }
        FileParser parser =
                new FileParser(
                        new Classifier(candidates()),
                        logStream,
                        console,
                        InstantSource.system(),
                        event -> {
                            console.out().write(event.json(), 0, event.json().length);
                            console.out().write('\n');
                        });
        try (LogInputs inputs = new LogInputs(console, s3)) {
            inputs.forEach(files, parser::parse, parser::giveUp);
        }
        console.out().flush();
        console.err().println(parser.summary());
        return parser.unreadableFiles() > 0 || (strict && parser.rejectedRecords() > 0) ? 1 : 0;
    }

    private List<LogType> candidates() throws IOException {
        if (logTypes.isEmpty() && schemas.isEmpty()) {
            throw new WrongUsageException(
                    "Missing required option: '--log-type=TYPE' or '--schema=PATH'");
        }
        LogTypes own = LogTypes.of(SchemaFiles.logTypes(schemas));
        return logTypes.isEmpty() ? own.all() : LogTypeNames.find(logTypes, own);
    }
}
