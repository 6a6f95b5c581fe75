package dev.caracal.cli.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSourceWriter;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
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
        SourceHealthReport health = SourceHealthReport.read(control.location(), Instant.now());
        Optional<QueueSource> queue = folder.findQueue(idOrName);
        if (queue.isPresent()) {
            QueueSource source = queue.get();
            show(
                    SourceJson.of(source, folder.path(source)),
                    LogSourceWriter.yaml(source),
                    health.line(source),
                    health);
            return 0;
        }
        LogSource source = folder.find(idOrName);
        show(
                SourceJson.withExternalId(source, folder.path(source)),
                LogSourceWriter.yaml(source),
                health.line(source),
                health);
        return 0;
    }

    private void show(ObjectNode json, String yaml, String line, SourceHealthReport health) {
        switch (format) {
            case json -> console.out().println(SourceJson.withHealth(json, health));
            case text -> {
                console.out().print(yaml);
                console.out().println("# " + line);
                health.lines(json.path("id").asText())
                        .forEach(detail -> console.out().println("#   " + detail));
            }
        }
    }
}
