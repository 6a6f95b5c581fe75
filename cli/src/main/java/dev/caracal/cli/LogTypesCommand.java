package dev.caracal.cli;

import dev.caracal.parsers.LogTypes;
import picocli.CommandLine.Command;

/** Lists the log types that come with Caracal. */
@Command(name = "log-types", description = "List the log types that Caracal understands.")
final class LogTypesCommand implements Runnable {

    private final Console console;

    LogTypesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        LogTypes logTypes = LogTypes.builtin();
        int width = logTypes.names().stream().mapToInt(String::length).max().orElse(0);
        logTypes.all()
                .forEach(
                        logType ->
                                console.out()
                                        .printf(
                                                "%-" + width + "s  %s%n",
                                                logType.name(),
                                                logType.description().strip()));
    }
}
