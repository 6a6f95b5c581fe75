package dev.caracal.cli.rules;

import dev.caracal.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What helps to write rules. */
@Command(
        name = "rules",
        description = "Check rules, which raise alerts.",
        synopsisSubcommandLabel = "COMMAND")
public final class RulesCommand {

    private RulesCommand() {}

    /** The command with those below it. */
    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new RulesCommand());
        line.addSubcommand(new RulesCheckCommand(console));
        return line;
    }
}
