package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.cli.source.check.ManagedNotifications;
import dev.caracal.job.source.LogSource;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Has the notifications of a bucket follow its log sources, and tells how that went. */
final class ManagedBucket {

    private ManagedBucket() {}

    /**
     * A failure does not undo what was saved: the role may not be deployed yet.
     *
     * @param managed all log sources of the bucket with managed notifications
     */
    static void follow(
            LogSource source, List<LogSource> managed, ControlOptions control, Console console)
            throws IOException {
        NotificationQueue queue =
                control.queue()
                        .orElseThrow(
                                () ->
                                        new WrongUsageException(
                                                "managed notifications need Caracal's queue; name it"
                                                        + " with --config"));
        try (ManagedNotifications notifications = new ManagedNotifications(control.aws(), queue)) {
            console.out().println(notifications.apply(source, managed));
        } catch (SdkException e) {
            console.err()
                    .println(
                            "The notifications of bucket "
                                    + source.bucket()
                                    + " are as they were: "
                                    + e.getMessage());
            if (!managed.isEmpty()) {
                console.err()
                        .println(
                                "Deploy the role, then: caracal source update "
                                        + source.id()
                                        + " --managed-notifications");
            }
        }
    }
}
