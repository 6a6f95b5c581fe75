package dev.caracal.cli.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.Console;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.PrefixLogTypes;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the log sources. */
@Command(
        name = "list",
        description = {
            "List the log sources, and how the job says that they are.",
            "Files that the job refuses are named on stderr, and the exit status is 1."
        })
final class SourceListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private ControlOptions control = new ControlOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (default); json: one log source a line.")
    private OutputFormat format = OutputFormat.text;

    SourceListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceFolder folder = SourceFolder.open(control.location());
        SourceHealthReport health = SourceHealthReport.read(control.location(), Instant.now());
        switch (format) {
            case json -> {
                folder.sources()
                        .forEach(
                                source ->
                                        print(SourceJson.of(source, folder.path(source)), health));
                folder.queues()
                        .forEach(queue -> print(SourceJson.of(queue, folder.path(queue)), health));
            }
            case text -> table(folder, health);
        }
        folder.problems().values().forEach(problem -> console.err().println("refused: " + problem));
        return folder.problems().isEmpty() ? 0 : 1;
    }

    private void print(ObjectNode json, SourceHealthReport health) {
        console.out().println(SourceJson.withHealth(json, health));
    }

    private void table(SourceFolder folder, SourceHealthReport health) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "ID",
                        "NAME",
                        "ACCOUNT",
                        "BUCKET OR QUEUE",
                        "PREFIX",
                        "LOG TYPES",
                        "HEALTH"));
        for (LogSource source : folder.sources()) {
            String line = health.line(source);
            for (PrefixLogTypes entry : source.prefixLogTypes()) {
                rows.add(
                        List.of(
                                source.id(),
                                source.name(),
                                source.accountId(),
                                source.bucket(),
                                entry.prefix().isEmpty() ? "(all)" : entry.prefix(),
                                String.join(", ", entry.logTypes()),
                                line));
                line = "";
            }
        }
        for (QueueSource queue : folder.queues()) {
            rows.add(
                    List.of(
                            queue.id(),
                            queue.name(),
                            "",
                            queue.queueName(),
                            "(queue)",
                            String.join(", ", queue.logTypes()),
                            health.line(queue)));
        }
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                int index = column;
                int width = rows.stream().mapToInt(one -> one.get(index).length()).max().orElse(1);
                cells.add(("%-" + width + "s").formatted(row.get(column)));
            }
            console.out().println(cells.stream().collect(Collectors.joining("  ")).stripTrailing());
        }
    }
}
