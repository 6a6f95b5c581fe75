package dev.caracal.cli;

import dev.caracal.cli.alerts.AlertsCommand;
import dev.caracal.cli.backfill.BackfillCommand;
import dev.caracal.cli.cluster.SavepointCommand;
import dev.caracal.cli.cluster.StatusCommand;
import dev.caracal.cli.cluster.StopCommand;
import dev.caracal.cli.cluster.SubmitCommand;
import dev.caracal.cli.demo.DemoCommand;
import dev.caracal.cli.drill.DrillCommand;
import dev.caracal.cli.logtypes.LogTypesCommand;
import dev.caracal.cli.managed.PackageCommand;
import dev.caracal.cli.parse.ParseCommand;
import dev.caracal.cli.replay.ReplayCommand;
import dev.caracal.cli.rules.RulesCommand;
import dev.caracal.cli.schema.SchemaCommand;
import dev.caracal.cli.search.SearchCommand;
import dev.caracal.cli.source.SourceCommand;
import dev.caracal.cli.test.TestCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The {@code caracal} command.
 *
 * <p>Exit status: 0 when all went well, 1 when something failed, was rejected under {@code
 * --strict}, or a test failed, 2 for wrong usage.
 */
@Command(
        name = "caracal",
        description = "Security log analysis on Apache Flink.",
        version = "caracal 0.1.0-SNAPSHOT",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND")
public final class CaracalCommand {

    private CaracalCommand() {}

    public static void main(String[] arguments) {
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                        false,
                        StandardCharsets.UTF_8);
        Console console =
                new Console(System.in, out, System.err)
                        .on(
                                Boolean.getBoolean("caracal.terminal"),
                                System.getenv().getOrDefault("NO_COLOR", ""));
        int status = execute(console, arguments);
        out.flush();
        System.exit(status);
    }

    /** Runs one command and returns its exit status. */
    static int execute(Console console, String... arguments) {
        CommandLine line = new CommandLine(new CaracalCommand());
        Path home = Path.of(System.getProperty("caracal.home", ""));
        List.of(
                        new DemoCommand(console.out(), home),
                        new ParseCommand(console),
                        new TestCommand(console, home),
                        RulesCommand.line(console),
                        new LogTypesCommand(console),
                        SchemaCommand.line(console),
                        SourceCommand.line(console),
                        new BackfillCommand(console),
                        AlertsCommand.line(console, home),
                        SearchCommand.line(console, home),
                        new ReplayCommand(console, home),
                        new RunCommand(console, home),
                        new SubmitCommand(console, home),
                        new PackageCommand(console, home),
                        new StatusCommand(console),
                        new SavepointCommand(console),
                        new StopCommand(console),
                        new DrillCommand(console, home))
                .forEach(line::addSubcommand);
        line.addSubcommand("completion", new AutoComplete.GenerateCompletion());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler(CaracalCommand::explain)
                .execute(arguments);
    }

    /** Bad input is one sentence; anything else is a defect and shows where. */
    private static int explain(Exception failure, CommandLine line, ParseResult result)
            throws Exception {
        if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalArgumentException) {
            line.getErr().println("caracal: " + failure.getMessage());
            return failure instanceof WrongUsageException
                    ? line.getCommandSpec().exitCodeOnInvalidInput()
                    : line.getCommandSpec().exitCodeOnExecutionException();
        }
        if (failure instanceof SdkException) {
            line.getErr().println("caracal: " + ofAws(String.valueOf(failure.getMessage())));
            return line.getCommandSpec().exitCodeOnExecutionException();
        }
        throw failure;
    }

    private static String ofAws(String message) {
        return message.startsWith("Unable to load region")
                ? "which region of AWS? Give --region or --config, or set AWS_REGION"
                : "AWS: " + message;
    }
}
