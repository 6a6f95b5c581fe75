package dev.caracal.cli.logtypes;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.parsers.LogTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the log types that come with Caracal, and shows what their events hold. */
@Command(
        name = "log-types",
        description = "List the log types that Caracal understands, or show the fields of some.",
        footer = {
            "",
            "Example: caracal log-types Okta.SystemLog",
            "Example: caracal log-types --format json | jq .name"
        })
public final class LogTypesCommand implements Callable<Integer> {

    private enum Format {
        text,
        json,
        markdown
    }

    private final Console console;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description =
                    "text (default); json: one log type a line, with its fields; markdown: a page"
                            + " each, into --output.")
    private Format format = Format.text;

    @Option(names = "--output", paramLabel = "FOLDER", description = "Where pages are written.")
    private @Nullable Path output;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Log types (default: all).")
    private List<String> names = List.of();

    public LogTypesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<LogTypeDescription> logTypes =
                (names.isEmpty()
                                ? LogTypes.builtin().all()
                                : LogTypeNames.find(names, LogTypes.of(List.of())))
                        .stream().map(LogTypeDescription::of).toList();
        switch (format) {
            case json ->
                    logTypes.forEach(logType -> console.out().println(LogTypeJson.of(logType)));
            case markdown -> write(LogTypePages.of(logTypes));
            case text -> {
                if (names.isEmpty()) {
                    list(logTypes);
                } else {
                    logTypes.forEach(this::show);
                }
            }
        }
        return 0;
    }

    private void list(List<LogTypeDescription> logTypes) {
        int width = logTypes.stream().mapToInt(type -> type.name().length()).max().orElse(1);
        for (LogTypeDescription type : logTypes) {
            console.out()
                    .printf(
                            "%-" + width + "s  %-4s  %s%n",
                            type.name(),
                            type.format(),
                            type.description());
        }
    }

    private void show(LogTypeDescription logType) {
        console.out().println(logType.name() + ": " + logType.description());
        if (!logType.referenceUrl().isEmpty()) {
            console.out().println("reference: " + logType.referenceUrl());
        }
        console.out().println("records: " + logType.format());
        console.out().println("event time: " + logType.shownEventTime());
        console.out().println("told apart by: " + logType.toldApartBy());
        console.out().println();
        console.out().println(new FieldTable(FieldRow.of(logType.fields())).text());
    }

    private void write(Map<String, String> pages) throws IOException {
        if (output == null) {
            throw new WrongUsageException("--format markdown needs --output, a folder");
        }
        Files.createDirectories(output);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(output.resolve(page.getKey()), page.getValue());
        }
        console.out().println(pages.size() + " pages written to " + output);
    }
}
