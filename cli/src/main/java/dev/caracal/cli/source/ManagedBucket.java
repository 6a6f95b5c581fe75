package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.cli.source.check.AwsFailure;
import dev.caracal.cli.source.check.ManagedNotifications;
import dev.caracal.job.source.LogSource;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Has the notifications of a bucket follow its log sources, and tells how that went. */
final class ManagedBucket {

    private ManagedBucket() {}

    /**
     * The queue that the bucket's topic is to tell.
     *
     * @throws WrongUsageException if nothing names one
     */
    static NotificationQueue queue(ControlOptions control) throws IOException {
        return control.queue()
                .orElseThrow(
                        () ->
                                new WrongUsageException(
                                        "managed notifications need Caracal's queue; name it with"
                                                + " --config"));
    }

    /**
     * A failure does not undo what was saved: the role may not be deployed yet.
     *
     * @param managed all log sources of the bucket with managed notifications
     * @param told where to say what was done
     * @return whether AWS let it be done
     */
    static boolean follow(
            LogSource source,
            List<LogSource> managed,
            ControlOptions control,
            PrintStream told,
            Console console)
            throws IOException {
        try (ManagedNotifications notifications =
                new ManagedNotifications(control.aws(), queue(control))) {
            told.println(notifications.apply(source, managed));
            return true;
        } catch (SdkException e) {
            console.err()
                    .println(
                            "The notifications of bucket "
                                    + source.bucket()
                                    + " are as they were: "
                                    + e.getMessage());
            console.err().println(remedy(source, managed, e));
            return false;
        }
    }

    private static String remedy(LogSource source, List<LogSource> managed, SdkException failure) {
        if (managed.isEmpty()) {
            return "Take down by hand what is ours: the bucket's configurations with ids that begin"
                    + " with caracal-managed-, and the topic "
                    + SourceNames.managedTopic(source.bucket());
        }
        String first =
                AwsFailure.isAccessDenied(failure) ? "Deploy the role" : "Mend what AWS says";
        return first + ", then: caracal source update " + source.id() + " --managed-notifications";
    }
}
