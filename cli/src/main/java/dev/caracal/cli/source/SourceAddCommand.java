package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.Regions;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a log source. */
@Command(
        name = "add",
        description = {
            "Add a log source: a bucket, what lies in it, and the role that may read it.",
            "On a terminal it asks for what the options leave open. The job takes the log source"
                    + " up without a restart."
        },
        footer = {
            "",
            "Example: caracal source add --control s3://example-caracal-control/production",
            "Example: caracal source add --no-input --name Shop --account-id 111122223333"
                    + " --bucket shop-logs --prefix AWSLogs/=AWS.CloudTrail"
        })
final class SourceAddCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Never changes; events carry it (default: the name with hyphens).")
    private @Nullable String id;

    @Option(
            names = "--account-id",
            paramLabel = "ID",
            description = "12 digits: the account of the bucket and its topic.")
    private @Nullable String accountId;

    @Option(
            names = "--type",
            defaultValue = "s3",
            paramLabel = "TYPE",
            description = "s3 (default): a bucket; sqs: a queue whose messages are log records.")
    private SourceType type = SourceType.s3;

    @Mixin private QueueFields queueFields = new QueueFields();
    @Mixin private SourceFields fields = new SourceFields();
    @Mixin private InputOptions input = new InputOptions();
    @Mixin private ControlOptions control = new ControlOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    private OutputFormat format = OutputFormat.text;

    SourceAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceFolder folder = SourceFolder.open(control.location());
        if (type == SourceType.sqs) {
            return addQueue(folder);
        }
        if (!queueFields.isEmpty()) {
            throw new WrongUsageException(
                    "--queue-url, --allow-principal and --allow-source are a queue's; give --type"
                            + " sqs as well");
        }
        SourceDraft draft = new SourceDraft();
        draft.accountId = accountId == null ? "" : accountId;
        fields.applyTo(draft, folder.logTypes());
        SourceInterview interview = new SourceInterview(new Dialogue(console), folder.logTypes());
        if (input.asks()) {
            interview.complete(draft);
        } else if (!draft.missing().isEmpty()) {
            throw new WrongUsageException("missing: " + String.join(", ", draft.missing()));
        }
        draft.id = id == null ? folder.newId(draft.name) : id;
        LogSource source = draft.build(Regions.partition(control.aws().region()));
        folder.check(source, null);
        if (input.asks() && !interview.confirm("Save " + folder.path(source) + '?')) {
            console.err().println("Nothing is saved.");
            return 1;
        }
        if (source.managedNotifications()) {
            ManagedBucket.queue(control);
        }
        folder.save(source);
        boolean announced =
                source.managedNotifications()
                        && ManagedBucket.follow(
                                source,
                                folder.managed(source, source),
                                control,
                                format == OutputFormat.json ? console.err() : console.out(),
                                console);
        if (format == OutputFormat.json) {
            console.out().println(SourceJson.withExternalId(source, folder.path(source)));
            return 0;
        }
        console.out().println("Saved " + folder.path(source));
        new NextSteps(source, control.again(), control.queue().isPresent())
                .lines(announced)
                .forEach(console.out()::println);
        return 0;
    }

    private int addQueue(SourceFolder folder) throws IOException {
        SourceInterview interview = new SourceInterview(new Dialogue(console), folder.logTypes());
        if (input.asks()) {
            interview.begin();
            fields.askForName(interview);
        }
        String name = fields.name("");
        String newId = id == null && !name.isEmpty() ? folder.newId(name) : id;
        if (newId == null) {
            throw new WrongUsageException("missing: --name");
        }
        if (input.asks()) {
            queueFields.ask(interview, usualUrl(newId));
            fields.askForQueue(interview);
        }
        QueueSource source =
                queueFields.build(newId, fields, folder.logTypes(), usualUrl(newId), null);
        folder.check(source, null);
        if (input.asks() && !interview.confirm("Save " + folder.path(source) + '?')) {
            console.err().println("Nothing is saved.");
            return 1;
        }
        folder.save(source);
        if (format == OutputFormat.json) {
            console.out().println(SourceJson.of(source, folder.path(source)));
            return 0;
        }
        console.out().println("Saved " + folder.path(source));
        console.out().println("Next:");
        console.out().println("  1. the queue, in the account where Caracal runs:");
        console.out()
                .println(
                        "     caracal source template "
                                + source.id()
                                + control.again()
                                + " > queue.yml");
        console.out().println("  2. see that it works:");
        console.out().println("     caracal source check " + source.id() + control.again());
        return 0;
    }

    /** Beside the queue that notifications arrive in. */
    private String usualUrl(String sourceId) throws IOException {
        return control.queue()
                .map(
                        queue ->
                                queue.url().substring(0, queue.url().lastIndexOf(queue.name()))
                                        + SourceNames.QUEUE_PREFIX
                                        + sourceId)
                .orElse("");
    }
}
