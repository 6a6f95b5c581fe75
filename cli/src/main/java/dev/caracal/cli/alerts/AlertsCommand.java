package dev.caracal.cli.alerts;

import dev.caracal.cli.Console;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What shows the alerts that a job has stored. */
@Command(
        name = "alerts",
        description = "List, show and watch the alerts that a job has stored.",
        synopsisSubcommandLabel = "COMMAND")
public final class AlertsCommand {

    private AlertsCommand() {}

    /**
     * The command with those below it.
     *
     * @param home the project's folder, in which the demo keeps its data
     */
    public static CommandLine line(Console console, Path home) {
        CommandLine line = new CommandLine(new AlertsCommand());
        List.of(
                        new AlertsListCommand(console, home),
                        new AlertsShowCommand(console, home),
                        new AlertsWatchCommand(console, home))
                .forEach(line::addSubcommand);
        return line;
    }
}
