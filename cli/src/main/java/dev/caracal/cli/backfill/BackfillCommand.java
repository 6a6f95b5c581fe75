package dev.caracal.cli.backfill;

import dev.caracal.cli.Console;
import dev.caracal.cli.ProgressLine;
import dev.caracal.cli.TimeRange;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.control.ControlOptions;
import dev.caracal.cli.control.NotificationQueue;
import dev.caracal.cli.source.SourceFolder;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.S3ObjectListing;
import dev.caracal.connectors.s3.S3ObjectListing.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets the job read what was in a bucket before it was onboarded. */
@Command(
        name = "backfill",
        description = {
            "Let the running job read objects that were in a log source's bucket before it was"
                    + " onboarded.",
            "They are listed with the log source's role and announced on the job's queue, at a"
                    + " bounded rate. Started again with the same times it goes on where it was."
        },
        footer = {
            "",
            "Example: caracal backfill shop --from 2026-01-01 --to 2026-03-01 --config"
                    + " flink-conf/caracal.yaml"
        })
public final class BackfillCommand implements Callable<Integer> {

    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final Console console;
    private final ProgressLine line;

    @Parameters(paramLabel = "SOURCE", description = "Id or name of the log source.")
    private String idOrName = "";

    @Mixin private ControlOptions control = new ControlOptions();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only objects that S3 stored from this time on (default: all).")
    private @Nullable String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description =
                    "Only objects that S3 stored before this time: when the bucket began to announce"
                            + " its objects.")
    private String to = "";

    @Option(
            names = "--rate",
            defaultValue = "50",
            paramLabel = "N",
            description = "At most so many objects a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--max-waiting",
            defaultValue = "1000",
            paramLabel = "N",
            description =
                    "Wait while so many messages are in the queue, so that new logs are not held up"
                            + " (default: ${DEFAULT-VALUE}).")
    private long maxWaiting;

    @Option(
            names = "--dry-run",
            description = "Only count the objects and their bytes; announce nothing.")
    private boolean dryRun;

    @Option(
            names = "--again",
            description = "Begin anew, also if the same backfill has been made before.")
    private boolean again;

    public BackfillCommand(Console console) {
        this.console = console;
        this.line = new ProgressLine(console.err(), console.display().isTerminal());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rate <= 0) {
            throw new WrongUsageException("--rate is " + rate + ", expected more than 0");
        }
        TimeRange range = TimeRange.of(null, from, to, Instant.now());
        ControlLocation location = control.location();
        SourceFolder folder = SourceFolder.open(location);
        if (folder.findQueue(idOrName).isPresent()) {
            throw new WrongUsageException(
                    idOrName
                            + " is a queue, which has no past: what has been read from it is gone,"
                            + " and what has not is read anyway. Only buckets can be backfilled");
        }
        Backfill backfill =
                new Backfill(
                        folder.find(idOrName),
                        folder.logSources(),
                        range.from().orElse(Instant.EPOCH),
                        range.to().orElseThrow());
        BackfillProgress begun =
                again || dryRun ? BackfillProgress.NOTHING : backfill.progress(location);
        if (begun.complete()) {
            console.err()
                    .println(
                            "This backfill is complete, see "
                                    + backfill.path()
                                    + "; --again begins anew");
            console.out().println(summary(begun));
            return 0;
        }
        if (begun.announced() > 0) {
            console.err().println("Going on after " + begun.after());
        }
        AwsSettings aws = control.aws();
        try (S3ObjectListing listing =
                new S3ObjectListing(
                        aws,
                        backfill.source().bucket(),
                        backfill.source().roleArn(),
                        backfill.source().externalId())) {
            BackfillProgress end =
                    dryRun
                            ? backfill.run(listing, begun, objects -> {}, this::show)
                            : announce(backfill, listing, begun, location, aws);
            line.clear();
            console.out().println(summary(end));
        }
        return 0;
    }

    private BackfillProgress announce(
            Backfill backfill,
            S3ObjectListing listing,
            BackfillProgress begun,
            ControlLocation location,
            AwsSettings aws)
            throws IOException, InterruptedException {
        NotificationQueue queue =
                control.queue()
                        .orElseThrow(
                                () ->
                                        new WrongUsageException(
                                                "which queue? Give the job's options with --config,"
                                                        + " which set sqs.queue-url"));
        Pace pace = new Pace(rate);
        try (Announcements announcements = new Announcements(aws, queue.url())) {
            return backfill.run(
                    listing,
                    begun,
                    objects -> send(objects, announcements, pace),
                    progress -> {
                        write(location, backfill.path(), progress);
                        show(progress);
                    });
        }
    }

    private void send(List<Listed> objects, Announcements announcements, Pace pace)
            throws IOException, InterruptedException {
        long waiting = announcements.waiting();
        if (waiting >= maxWaiting && !console.display().isTerminal()) {
            console.err().println("Waiting for the job: " + waiting + " messages in the queue");
        }
        while (waiting >= maxWaiting) {
            line.show("waiting for the job: " + waiting + " messages in the queue");
            // SQS tells nobody how full a queue is; it has to be asked.
            Thread.sleep(LOOK_AGAIN_MILLIS);
            waiting = announcements.waiting();
        }
        pace.await(objects.size());
        announcements.send(objects);
    }

    private static void write(ControlLocation location, String path, BackfillProgress progress) {
        try {
            location.write(path, progress.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(BackfillProgress progress) {
        line.show(summary(progress) + ", at " + progress.after());
    }

    private String summary(BackfillProgress progress) {
        return String.format(
                Locale.ROOT,
                "%d objects (%.1f MB) %s%s",
                progress.announced(),
                progress.bytes() / 1e6,
                dryRun ? "found" : "announced",
                progress.archived() == 0
                        ? ""
                        : ", " + progress.archived() + " are archived and were passed over");
    }
}
