package dev.caracal.cli;

import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.stream.LogStreams;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses raw logs into events, one JSON object a line. */
@Command(
        name = "parse",
        description = {
            "Parse raw logs into events, one JSON object a line on stdout.",
            "Records that are rejected are named on stderr, with the reasons."
        },
        footer = {"", "Example: caracal parse --log-type AWS.CloudTrail,AWS.ALB logs/*.gz | jq ."})
final class ParseCommand implements Callable<Integer> {

    private static final String STDIN = "-";
    private static final int BUFFER_BYTES = 64 << 10;
    private static final Set<String> COMPRESSIONS =
            Set.of(CompressorStreamFactory.ZSTANDARD, CompressorStreamFactory.BZIP2);

    private final Console console;

    @Option(
            names = "--log-type",
            required = true,
            split = ",",
            paramLabel = "TYPE",
            description = "What the records may be, for example AWS.CloudTrail.")
    private List<String> logTypes = List.of();

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

    @Parameters(
            paramLabel = "FILE",
            defaultValue = STDIN,
            description = "Plain, or compressed with gzip, zstd or bzip2; - is stdin (default).")
    private List<String> files = List.of(STDIN);

    ParseCommand(Console console) {
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
        Classifier classifier = new Classifier(LogTypeNames.find(LogTypes.builtin(), logTypes));
        FileParser parser = new FileParser(classifier, logStream, console, InstantSource.system());
        for (String file : files) {
            parse(parser, file);
        }
        console.out().flush();
        console.err().println(parser.summary());
        return parser.unreadableFiles() > 0 || (strict && parser.rejectedRecords() > 0) ? 1 : 0;
    }

    private void parse(FileParser parser, String file) {
        try (InputStream in = file.equals(STDIN) ? console.in() : new FileInputStream(file);
                InputStream content = decompress(new BufferedInputStream(in, BUFFER_BYTES))) {
            parser.parse(file.equals(STDIN) ? "stdin" : file, content);
        } catch (IOException e) {
            parser.giveUp(file, String.valueOf(e.getMessage()));
        }
    }

    private static InputStream decompress(BufferedInputStream in) throws IOException {
        try {
            String name = CompressorStreamFactory.detect(in);
            if (name.equals(CompressorStreamFactory.GZIP)) {
                // Unlike the library's, it hands out what comes before a fault.
                return new GZIPInputStream(in, BUFFER_BYTES);
            }
            return COMPRESSIONS.contains(name)
                    ? new CompressorStreamFactory(true).createCompressorInputStream(name, in)
                    : in;
        } catch (CompressorException e) {
            // No signature of a compression: the content is plain.
            return in;
        }
    }
}
