package dev.caracal.cli.schema;

import dev.caracal.cli.Console;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What helps to write a schema. */
@Command(
        name = "schema",
        description = "Test, infer and check schemas, which describe log types of your own.",
        synopsisSubcommandLabel = "COMMAND")
public final class SchemaCommand {

    private SchemaCommand() {}

    /** The command with those below it. */
    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new SchemaCommand());
        List.of(
                        new SchemaTestCommand(console),
                        new SchemaInferCommand(console),
                        new SchemaCheckCommand(console))
                .forEach(line::addSubcommand);
        return line;
    }
}
