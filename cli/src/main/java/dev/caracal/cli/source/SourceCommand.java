package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Onboards buckets. */
@Command(
        name = "source",
        description = "Onboard buckets: add, check and change log sources.",
        synopsisSubcommandLabel = "COMMAND")
public final class SourceCommand {

    private SourceCommand() {}

    /** The command with those below it. */
    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new SourceCommand());
        List.of(
                        new SourceAddCommand(console),
                        new SourceListCommand(console),
                        new SourceShowCommand(console),
                        new SourceUpdateCommand(console),
                        new SourceRemoveCommand(console),
                        new SourceTemplateCommand(console),
                        new SourceCheckCommand(console))
                .forEach(line::addSubcommand);
        return line;
    }
}
