package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.cli.source.template.BucketNotification;
import dev.caracal.cli.source.template.ExistingTopic;
import dev.caracal.cli.source.template.LogProcessingRole;
import dev.caracal.cli.source.template.NotificationTopic;
import dev.caracal.cli.source.template.QueueStack;
import dev.caracal.cli.source.template.QuickCreateLink;
import dev.caracal.cli.source.template.SecurityAccount;
import dev.caracal.cli.source.template.SecurityAccountStack;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is to be deployed in AWS for a log source. */
@Command(
        name = "template",
        description = {
            "Print what is to be deployed in AWS for a log source.",
            "By default that is the CloudFormation of its role, or of its queue with --type sqs."
        },
        footer = {
            "",
            "Example: caracal source template shop > role.yml",
            "Example: caracal source template shop --notifications --terraform > notifications.tf",
            "Example: caracal source template shop --bucket --as cli",
            "Example: caracal source template --security-account > caracal.yml"
        })
final class SourceTemplateCommand implements Callable<Integer> {

    private enum Format {
        yaml,
        json,
        terraform,
        cli
    }

    /** What is printed instead of the role. */
    private static final class What {

        @Option(
                names = "--notifications",
                description = "The topic, its policy, and the subscription of Caracal's queue.")
        private boolean notifications;

        @Option(
                names = "--bucket",
                description = "The bucket's event notifications, to be added to the bucket's own.")
        private boolean bucket;

        @Option(
                names = "--existing-topic",
                paramLabel = "ARN",
                description =
                        "The statement that a topic needs which gets the bucket's notifications"
                                + " already; with --as cli the command that subscribes the queue.")
        private @Nullable String existingTopic;

        @Option(
                names = "--launch-link",
                paramLabel = "URL",
                description =
                        "The link that opens CloudFormation's console with the role's stack ready;"
                                + " URL is where its template was put in S3.")
        private @Nullable String launchLink;

        @Option(
                names = "--security-account",
                description =
                        "Caracal's own queue, buckets, key, alert topic and role; the queue lets in"
                                + " the accounts of all log sources.")
        private boolean securityAccount;
    }

    private final Console console;

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..1",
            description = "Id or name of the log source; all of them for --security-account.")
    private @Nullable String idOrName;

    @ArgGroup private What what = new What();

    @Option(
            names = "--as",
            defaultValue = "yaml",
            paramLabel = "FORMAT",
            description = "yaml (default) or json of CloudFormation, terraform, or cli.")
    private Format format = Format.yaml;

    @Option(names = "--terraform", description = "The same as --as terraform.")
    private boolean terraform;

    @Option(
            names = "--master-account-id",
            defaultValue = "",
            paramLabel = "ID",
            description =
                    "The account where Caracal runs (default: that of the queue of --config).")
    private String masterAccountId = "";

    @Mixin private ControlOptions control = new ControlOptions();

    SourceTemplateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        format = terraform ? Format.terraform : format;
        SourceFolder folder = SourceFolder.open(control.location());
        console.out().print(text(folder));
        return 0;
    }

    private String text(SourceFolder folder) throws IOException {
        if (what.securityAccount) {
            return print(new SecurityAccountStack(folder.sources()).cloudFormation(), null, null);
        }
        if (idOrName == null) {
            throw new WrongUsageException("missing: SOURCE, the id or name of a log source");
        }
        Optional<QueueSource> queue = folder.findQueue(idOrName);
        if (queue.isPresent()) {
            QueueStack stack = new QueueStack(queue.get());
            return print(stack.cloudFormation(), stack.terraform(), null);
        }
        LogSource source = folder.find(idOrName);
        SecurityAccount caracal = caracal();
        if (what.existingTopic != null) {
            ExistingTopic topic = new ExistingTopic(what.existingTopic, caracal);
            return switch (format) {
                case yaml -> topic.yaml();
                case json -> topic.json();
                case cli -> topic.command();
                case terraform -> throw unfit("yaml, json or cli");
            };
        }
        if (what.launchLink != null) {
            return new QuickCreateLink(
                                    control.aws().region(),
                                    what.launchLink,
                                    SourceNames.stackName(source.name()))
                            .url()
                    + '\n';
        }
        if (what.bucket) {
            BucketNotification bucket = new BucketNotification(source);
            return print(bucket.cloudFormation(), bucket.terraform(), bucket.commands());
        }
        if (what.notifications) {
            NotificationTopic topic = new NotificationTopic(source, caracal);
            return print(topic.cloudFormation(), topic.terraform(), null);
        }
        LogProcessingRole role = new LogProcessingRole(source, caracal);
        return print(role.cloudFormation(), role.terraform(), null);
    }

    private String print(
            CloudFormation cloudFormation, @Nullable String terraformText, @Nullable String cli) {
        String other = format == Format.terraform ? terraformText : cli;
        return switch (format) {
            case yaml -> cloudFormation.yaml();
            case json -> cloudFormation.json();
            case terraform, cli -> {
                if (other == null) {
                    throw unfit(terraformText == null ? "yaml or json" : "yaml, json or terraform");
                }
                yield other;
            }
        };
    }

    private WrongUsageException unfit(String expected) {
        return new WrongUsageException("there is no " + format + " of that; expected " + expected);
    }

    private SecurityAccount caracal() throws IOException {
        Optional<NotificationQueue> queue = control.queue();
        String account = queue.map(NotificationQueue::accountId).orElse("");
        return new SecurityAccount(
                masterAccountId.isEmpty() ? account : masterAccountId,
                queue.map(NotificationQueue::region).orElse(control.aws().region()),
                queue.map(NotificationQueue::name).orElse(SecurityAccount.QUEUE_NAME));
    }
}
