package dev.caracal.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caracal.cli.samples.Tally;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Receives the alerts that the job publishes to SNS, by a queue that is subscribed to the topic.
 */
final class AlertInbox implements AutoCloseable {

    private static final int WAIT_SECONDS = 1;
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String queueUrl;
    private final Consumer<AlertMessage> onAlert;
    private final Set<String> alertIds = new HashSet<>();
    private final Thread thread;
    private Tally tally = Tally.NOTHING;
    private volatile boolean closed;

    /**
     * @param onAlert takes each alert once, on a thread of the inbox
     */
    AlertInbox(SqsClient sqs, String queueUrl, Consumer<AlertMessage> onAlert) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.onAlert = onAlert;
        thread = new Thread(this::receive, "alert-inbox");
        thread.setDaemon(true);
        thread.start();
    }

    /** Forgets the alerts that have come. */
    synchronized void startCounting() {
        alertIds.clear();
        tally = Tally.NOTHING;
    }

    /** Alerts by rule id. */
    synchronized Tally tally() {
        return tally;
    }

    private void receive() {
        while (!closed) {
            try {
                for (Message message :
                        sqs.receiveMessage(
                                        request ->
                                                request.queueUrl(queueUrl)
                                                        .waitTimeSeconds(WAIT_SECONDS)
                                                        .maxNumberOfMessages(BATCH))
                                .messages()) {
                    take(AlertMessage.fromSns(message.body()));
                    sqs.deleteMessage(
                            request ->
                                    request.queueUrl(queueUrl)
                                            .receiptHandle(message.receiptHandle()));
                }
            } catch (SdkException e) {
                if (closed) {
                    return;
                }
                throw e;
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the alert topic brought no JSON", e);
            }
        }
    }

    private synchronized void take(AlertMessage alert) {
        if (alertIds.add(alert.id())) {
            tally = tally.plus(alert.tally());
            onAlert.accept(alert);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2_000L * WAIT_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
