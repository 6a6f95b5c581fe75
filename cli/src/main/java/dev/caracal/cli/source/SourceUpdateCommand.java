package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.Regions;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a log source. */
@Command(
        name = "update",
        description = {
            "Change a log source.",
            "Options that are not given leave their field as it is; --prefix replaces all prefixes."
                    + " The file is written anew, without its comments. Id and account never"
                    + " change."
        },
        footer = {"", "Example: caracal source update shop --drop-off-minutes 60"})
final class SourceUpdateCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "SOURCE", description = "Id or name of the log source.")
    private String idOrName = "";

    @Mixin private QueueFields queueFields = new QueueFields();
    @Mixin private SourceFields fields = new SourceFields();
    @Mixin private ControlOptions control = new ControlOptions();

    @Option(names = "--account-id", hidden = true)
    private @Nullable String accountId;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    private OutputFormat format = OutputFormat.text;

    SourceUpdateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (accountId != null) {
            throw new WrongUsageException(
                    "the account of a log source never changes; add another log source and remove"
                            + " this one");
        }
        if (fields.isEmpty() && queueFields.isEmpty()) {
            throw new WrongUsageException(
                    "nothing to change; give at least one option, such as --drop-off-minutes 60");
        }
        SourceFolder folder = SourceFolder.open(control.location());
        Optional<QueueSource> queue = folder.findQueue(idOrName);
        if (queue.isPresent()) {
            return updateQueue(queue.get(), folder);
        }
        LogSource before = folder.find(idOrName);
        if (!queueFields.isEmpty()) {
            throw new WrongUsageException(
                    "log source \"" + before.id() + "\" is a bucket and has no queue of its own");
        }
        SourceDraft draft = new SourceDraft(before);
        String usualRole =
                SourceNames.roleArn(partition(before), before.accountId(), before.name());
        if (before.roleArn().equals(usualRole)) {
            draft.roleArn = null;
        }
        fields.applyTo(draft, folder.logTypes());
        LogSource after = draft.build(partition(before));
        folder.check(after, before);
        if (before.managedNotifications() || after.managedNotifications()) {
            ManagedBucket.queue(control);
        }
        folder.save(after);
        PrintStream told = format == OutputFormat.json ? console.err() : console.out();
        if (before.managedNotifications() && !after.bucket().equals(before.bucket())) {
            ManagedBucket.follow(before, folder.managed(before, null), control, told, console);
        }
        if (before.managedNotifications() || after.managedNotifications()) {
            ManagedBucket.follow(after, folder.managed(after, after), control, told, console);
        }
        if (format == OutputFormat.json) {
            console.out().println(SourceJson.of(after, folder.path(after)));
            return 0;
        }
        console.out().println("Saved " + folder.path(after));
        if (needsRole(before, after)) {
            console.out()
                    .println(
                            "Deploy the role anew: caracal source template "
                                    + after.id()
                                    + control.again()
                                    + " > role.yml");
        }
        return 0;
    }

    private int updateQueue(QueueSource before, SourceFolder folder) throws IOException {
        QueueSource after = queueFields.build(before.id(), fields, folder.logTypes(), "", before);
        folder.check(after, before);
        folder.save(after);
        if (format == OutputFormat.json) {
            console.out().println(SourceJson.of(after, folder.path(after)));
            return 0;
        }
        console.out().println("Saved " + folder.path(after));
        boolean samePolicy =
                after.queueUrl().equals(before.queueUrl())
                        && after.allowedPrincipals().equals(before.allowedPrincipals())
                        && after.allowedSourceArns().equals(before.allowedSourceArns());
        if (!samePolicy) {
            console.out()
                    .println(
                            "Deploy the queue anew: caracal source template "
                                    + after.id()
                                    + control.again()
                                    + " > queue.yml");
        }
        return 0;
    }

    private String partition(LogSource source) throws IOException {
        return source.roleArn().isEmpty()
                ? Regions.partition(control.aws().region())
                : source.roleArn().split(":", 3)[1];
    }

    /** Whether the role's template is another one now. */
    private static boolean needsRole(LogSource before, LogSource after) {
        return !after.roleArn().isEmpty()
                && !(after.roleArn().equals(before.roleArn())
                        && after.bucket().equals(before.bucket())
                        && after.externalId().equals(before.externalId())
                        && after.kmsKeyArn().equals(before.kmsKeyArn())
                        && after.managedNotifications() == before.managedNotifications()
                        && after.reducedPrefixes().equals(before.reducedPrefixes()));
    }
}
