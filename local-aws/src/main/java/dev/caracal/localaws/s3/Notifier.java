package dev.caracal.localaws.s3;

import dev.caracal.localaws.faults.Fault;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.sns.Sns;
import dev.caracal.localaws.sqs.SqsClient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells topics and queues of new objects, as each bucket's rules say. One thread sends, so that
 * notifications leave in the order of the events unless a fault shuffles them.
 */
final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread daemon = new Thread(task, "s3-notifier");
                        daemon.setDaemon(true);
                        return daemon;
                    });
    private final AtomicLong lastSequencer = new AtomicLong();
    private final Buckets buckets;
    private final Sns sns;
    private final SqsClient sqs;
    private final Faults faults;
    private final InstantSource clock = InstantSource.system();

    Notifier(Buckets buckets, Sns sns, SqsClient sqs, Faults faults) {
        this.buckets = buckets;
        this.sns = sns;
        this.sqs = sqs;
        this.faults = faults;
    }

    void objectCreated(
            String bucketName,
            String eventName,
            String key,
            long size,
            String eTag,
            @Nullable String versionId) {
        Bucket bucket = buckets.find(bucketName).orElse(null);
        if (bucket == null) {
            return;
        }
        S3Event event =
                new S3Event(
                        eventName,
                        key,
                        size,
                        eTag.replace("\"", ""),
                        versionId,
                        nextSequencer(),
                        clock.instant());
        for (NotificationRule rule : bucket.notifications()) {
            if (rule.wants(eventName, key)) {
                send(bucket, rule, event);
            }
        }
    }

    /**
     * Checks new rules and sends a test event to each of their destinations.
     *
     * @throws AwsError InvalidArgument where a destination is not there
     */
    void introduce(Bucket bucket, List<NotificationRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            for (NotificationRule later : rules.subList(i + 1, rules.size())) {
                if (rules.get(i).overlaps(later)) {
                    throw new AwsError(
                            400,
                            "InvalidArgument",
                            "Configurations overlap. Configurations on the same bucket cannot share a common event type.");
                }
            }
        }
        String message = S3Event.testEvent(bucket, clock.instant());
        for (NotificationRule rule : rules) {
            if (isTopic(rule) && !sameRegion(rule, bucket)) {
                throw invalidDestination();
            }
            try {
                publish(rule, message);
            } catch (IOException e) {
                throw invalidDestination();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AwsError(503, "ServiceUnavailable", "The server is stopping.");
            }
        }
    }

    /** Sends what is queued, for up to five seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("some notifications were not sent before the end");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Bucket bucket, NotificationRule rule, S3Event event) {
        String message = event.json(bucket, rule.id());
        long delay =
                faults.strike(Fault.Kind.REORDERED_NOTIFICATIONS, bucket.name(), event.key(), null)
                        .map(Fault::millisecondsOrDefault)
                        .orElse(0L);
        int copies =
                faults.strike(Fault.Kind.DUPLICATE_NOTIFICATIONS, bucket.name(), event.key(), null)
                                .isPresent()
                        ? 2
                        : 1;
        for (int i = 0; i < copies; i++) {
            var unused =
                    thread.schedule(
                            () -> publishOrLog(rule, message), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void publishOrLog(NotificationRule rule, String message) {
        try {
            publish(rule, message);
        } catch (IOException e) {
            LOG.warn("a notification to {} is lost: {}", rule.destination(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(NotificationRule rule, String message)
            throws IOException, InterruptedException {
        if (!isTopic(rule)) {
            sqs.send(rule.destination(), message, Map.of());
            return;
        }
        if (!sns.hasTopic(rule.destination())) {
            throw new IOException("no such topic: " + rule.destination());
        }
        sns.publish(rule.destination(), "Amazon S3 Notification", message);
    }

    private static boolean isTopic(NotificationRule rule) {
        return rule.destination().startsWith("arn:aws:sns:");
    }

    private static boolean sameRegion(NotificationRule rule, Bucket bucket) {
        return rule.destination().startsWith("arn:aws:sns:" + bucket.region() + ":");
    }

    private static AwsError invalidDestination() {
        return new AwsError(
                400,
                "InvalidArgument",
                "Unable to validate the following destination configurations");
    }

    /** Microseconds of the clock, or one more than the last where that is not enough. */
    private long nextSequencer() {
        long now = clock.millis() * 1000;
        return lastSequencer.updateAndGet(last -> Math.max(last + 1, now));
    }
}
