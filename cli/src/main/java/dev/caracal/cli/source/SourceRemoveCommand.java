package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a log source. */
@Command(
        name = "remove",
        description = {
            "Remove a log source, and say what is left in AWS to be taken down.",
            "Objects that are announced later become dead letters with the reason no-log-source."
        })
final class SourceRemoveCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "SOURCE", description = "Id or name of the log source.")
    private String idOrName = "";

    @Option(names = "--yes", description = "Do not ask; without a terminal it is needed.")
    private boolean yes;

    @Mixin private InputOptions input = new InputOptions();
    @Mixin private ControlOptions control = new ControlOptions();

    SourceRemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceFolder folder = SourceFolder.open(control.location());
        Optional<QueueSource> queue = folder.findQueue(idOrName);
        if (queue.isPresent()) {
            return removeQueue(queue.get(), folder);
        }
        LogSource source = folder.find(idOrName);
        if (!agreed(folder.path(source), consequences(source, folder))) {
            return 1;
        }
        if (source.managedNotifications()) {
            ManagedBucket.follow(
                    source, folder.managed(source, null), control, console.out(), console);
        }
        folder.remove(source);
        console.out().println("Removed " + folder.path(source));
        return 0;
    }

    private int removeQueue(QueueSource source, SourceFolder folder) throws IOException {
        String left =
                "Delete the queue "
                        + source.queueUrl()
                        + ", by its stack if that made it; nobody reads it any more.";
        if (!agreed(folder.path(source), List.of(left))) {
            return 1;
        }
        folder.remove(source);
        console.out().println("Removed " + folder.path(source));
        return 0;
    }

    private boolean agreed(String path, List<String> consequences) throws IOException {
        if (!yes && !input.asks()) {
            throw new WrongUsageException("missing: --yes, to remove " + path + " without asking");
        }
        consequences.forEach(console.out()::println);
        console.out().flush();
        if (yes || new Dialogue(console).confirm("Remove " + path + '?', false)) {
            return true;
        }
        console.err().println("Nothing is removed.");
        return false;
    }

    private static List<String> consequences(LogSource source, SourceFolder folder) {
        String queue =
                folder.accountIsShared(source)
                        ? "The queue goes on letting in topics of account "
                                + source.accountId()
                                + ": other log sources need them."
                        : "No other log source is of account "
                                + source.accountId()
                                + ": deploy `caracal source template --security-account` anew, so"
                                + " that the queue no longer lets its topics in.";
        return List.of(
                queue,
                source.managedNotifications()
                        ? "The notifications of its prefixes are taken off bucket "
                                + source.bucket()
                                + '.'
                        : "Take the notifications of its prefixes off bucket "
                                + source.bucket()
                                + '.',
                role(source, folder));
    }

    private static String role(LogSource source, SourceFolder folder) {
        if (source.roleArn().isEmpty()) {
            return "No role was needed.";
        }
        Optional<LogSource> other =
                folder.sources().stream()
                        .filter(one -> !one.id().equals(source.id()))
                        .filter(one -> one.roleArn().equals(source.roleArn()))
                        .findFirst();
        return other.map(
                        one ->
                                "The role "
                                        + source.roleArn()
                                        + " stays: log source \""
                                        + one.id()
                                        + "\" needs it.")
                .orElseGet(
                        () ->
                                "Delete the role "
                                        + source.roleArn()
                                        + ", by its stack "
                                        + SourceNames.stackName(source.name())
                                        + " if that made it.");
    }
}
