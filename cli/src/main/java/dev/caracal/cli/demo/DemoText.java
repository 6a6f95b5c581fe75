package dev.caracal.cli.demo;

import dev.caracal.cli.samples.Sample;
import dev.caracal.cli.samples.SampleAccount;
import dev.caracal.cli.samples.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the demo says of itself. */
final class DemoText {

    private static final String STRANGER = "zoe";

    private DemoText() {}

    /** Where everything is, and what happens. */
    static List<String> begin(Demo demo) {
        LocalAwsProcess.Endpoints endpoints = demo.endpoints();
        return List.of(
                "",
                "Running:",
                "  Flink's dashboard  " + demo.dashboard(),
                "  local AWS          S3 %s  SQS %s  SNS %s  STS %s"
                        .formatted(
                                endpoints.s3(), endpoints.sqs(), endpoints.sns(), endpoints.sts()),
                "  data and logs      " + shown(demo.folder().root()),
                "  job's options      "
                        + shown(demo.folder().options())
                        + ", for --config of other commands",
                "",
                "Three accounts and the security account itself put logs into their buckets. S3 tells"
                        + " each account's topic,",
                "which tells the queue of account %s. The job assumes the account's role, reads the"
                                .formatted(SampleAccount.SECURITY.id())
                        + " object, parses its records,",
                "and lets the rules judge the events. Alerts go to s3://%s/alerts and to the topic %s;"
                        .formatted(DemoAccounts.OUTPUT_BUCKET, DemoAccounts.ALERT_TOPIC),
                "what cannot be understood goes to s3://%s/dead-letters with the reason."
                        .formatted(DemoAccounts.OUTPUT_BUCKET),
                "");
    }

    /** How to take part. */
    static List<String> toTry(Demo demo) throws IOException {
        Path file = demo.folder().samples().resolve(STRANGER + ".json");
        Files.write(file, SampleLogs.trailOf(STRANGER));
        Path drop = demo.folder().drop().resolve("AWS.CloudTrail");
        return List.of(
                "Try it, in another terminal:",
                "  1. Edit "
                        + shown(demo.editableRule())
                        + ": add \""
                        + STRANGER
                        + "\" to the list.",
                "  2. cp " + shown(file) + ' ' + shown(drop) + '/',
                "     An alert comes within seconds. The same file again is a new object, but no new"
                        + " alert: it joins the first for an hour.",
                "  Or copy logs of your own into a folder of "
                        + shown(demo.folder().drop())
                        + "; each is named after a log type.",
                "  Ctrl-C ends the demo; its data stays for the next time, unless it starts with --fresh.",
                "");
    }

    /** What the accounts did. */
    static String fed(List<Sample> samples) {
        long objects = samples.stream().filter(Sample.Stored.class::isInstance).count();
        long bytes =
                samples.stream()
                        .filter(Sample.Stored.class::isInstance)
                        .mapToLong(sample -> ((Sample.Stored) sample).content().length)
                        .sum();
        return "The accounts stored %d objects (%d KB) and published %d odd messages: an object announced"
                        .formatted(objects, bytes / 1000, samples.size() - objects)
                + " twice, one that does not exist, and no notification at all.";
    }

    /** Relative to the working directory where it lies under it. */
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
