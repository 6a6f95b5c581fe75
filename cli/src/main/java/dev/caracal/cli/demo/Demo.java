package dev.caracal.cli.demo;

import dev.caracal.cli.flink.FlinkMetrics;
import dev.caracal.cli.flink.LocalFlink;
import dev.caracal.cli.samples.Sample;
import dev.caracal.cli.samples.SampleAccount;
import dev.caracal.cli.samples.Tally;
import dev.caracal.connectors.aws.AwsClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The demo while it runs: local AWS, the job, and those who wait for its alerts. */
final class Demo implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final DemoFolder folder;
    private final Screen screen;
    private final CountDownLatch stop;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ControlFiles control;
    private final LocalAwsProcess aws;
    private final LogDelivery delivery;
    private final OutputFiles output;
    private final AlertInbox alerts;
    private final LocalFlink flink;
    private final JobID job;
    private final LiveLine live;

    /**
     * Starts all of it, and waits until notifications flow.
     *
     * @param localAws the folder of the module {@code local-aws}
     * @param stop ends whatever waits
     */
    Demo(DemoFolder folder, Path localAws, int dashboardPort, Screen screen, CountDownLatch stop)
            throws Exception {
        this.folder = folder;
        this.screen = screen;
        this.stop = stop;
        folder.create();
        control = new ControlFiles(folder.control());
        control.create();
        try {
            aws = opened(startAws(localAws));
            delivery = opened(new LogDelivery(aws.endpoints()));
            AwsClients own = opened(DemoAccounts.clients(SampleAccount.SECURITY, aws.endpoints()));
            output = new OutputFiles(own.s3());
            SqsClient sqs = own.sqs();
            alerts =
                    opened(
                            new AlertInbox(
                                    sqs,
                                    queueUrl(sqs, DemoAccounts.ALERT_QUEUE),
                                    alert -> screen.say(alert.line())));
            screen.say("Starting Flink and the job …");
            flink =
                    opened(
                            LocalFlink.start(
                                    DemoJob.cluster(folder), dashboardPort, DemoJob.PARALLELISM));
            job =
                    flink.submit(
                            DemoJob.build(
                                    folder, aws.endpoints(), queueUrl(sqs, DemoAccounts.QUEUE)));
            open.push(() -> flink.cancel(job));
            live = new LiveLine(new FlinkMetrics(flink.dashboard(), job), alerts);
            awaitNotifications();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private LocalAwsProcess startAws(Path localAws) throws IOException, InterruptedException {
        Path accounts = folder.root().resolve("accounts.json");
        DemoAccounts.write(accounts);
        DemoAccounts.writeCredentials(folder.credentials());
        screen.say("Starting S3, SQS, SNS and STS …");
        return LocalAwsProcess.start(
                localAws, accounts, folder.aws(), folder.logs().resolve("local-aws.log"));
    }

    private static String queueUrl(SqsClient sqs, String name) {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    /** The accounts' topics reach the queue only when the job has confirmed each subscription. */
    private void awaitNotifications() throws Exception {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!delivery.isSubscribed()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the job has not confirmed the topics' subscriptions within "
                                + START_LIMIT.toSeconds()
                                + " s; see "
                                + folder.logs());
            }
            tick();
        }
    }

    /**
     * Waits for a second, and shows how far the job is.
     *
     * @throws IOException if the job has ended
     * @throws InterruptedException if the demo is stopped
     */
    void tick() throws Exception {
        if (stop.await(1, TimeUnit.SECONDS)) {
            throw new InterruptedException("The demo is stopped");
        }
        JobStatus status = flink.status(job);
        if (status.isTerminalState()) {
            throw new IOException("the job has ended as " + status + "; see " + folder.logs());
        }
        screen.live(live.read());
    }

    void deliver(List<Sample> samples) {
        samples.forEach(delivery::deliver);
    }

    /** Forgets what came until now. */
    void startCounting() throws IOException {
        output.startCounting();
        alerts.startCounting();
    }

    /** What has come into the output bucket since counting began. */
    Tally output() throws IOException {
        return output.count();
    }

    /** The alerts that have come by SNS since counting began. */
    Tally alertsOnSns() {
        return alerts.tally();
    }

    DropFolder dropFolder() throws IOException {
        return new DropFolder(folder.drop(), delivery);
    }

    DemoFolder folder() {
        return folder;
    }

    LocalAwsProcess.Endpoints endpoints() {
        return aws.endpoints();
    }

    URI dashboard() {
        return flink.dashboard();
    }

    Path editableRule() {
        return control.editableRule();
    }

    @Override
    public void close() throws Exception {
        screen.endLive();
        screen.say("Stopping …");
        for (AutoCloseable part : open) {
            part.close();
        }
    }
}
