package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSourceWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a log source. */
@Command(name = "show", description = "Show a log source, with its external id, and its health.")
final class SourceShowCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "SOURCE", description = "Id or name of the log source.")
    private String idOrName = "";

    @Mixin private ControlOptions control = new ControlOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (default): its file, and its health as comments; or json.")
    private OutputFormat format = OutputFormat.text;

    SourceShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceFolder folder = SourceFolder.open(control.location());
        LogSource source = folder.find(idOrName);
        SourceHealthReport health = SourceHealthReport.read(control.location(), Instant.now());
        switch (format) {
            case json ->
                    console.out()
                            .println(
                                    SourceJson.withHealth(
                                            SourceJson.withExternalId(source, folder.path(source)),
                                            source,
                                            health));
            case text -> {
                console.out().print(LogSourceWriter.yaml(source));
                console.out().println("# " + health.line(source));
                health.lines(source).forEach(line -> console.out().println("#   " + line));
            }
        }
        return 0;
    }
}
