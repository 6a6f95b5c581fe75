package dev.caracal.job.queue;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.connectors.sqs.QueueMessage;
import dev.caracal.connectors.sqs.SqsMessage;
import dev.caracal.job.metrics.RecentMaximum;
import dev.caracal.job.notification.SubscriptionConfirmer;
import dev.caracal.parsers.stream.LogStream;
import dev.caracal.parsers.stream.LogStreamException;
import dev.caracal.parsers.stream.LogStreams;
import dev.caracal.parsers.stream.RecordRejectedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Cuts the messages of queues into records, as the object reader does with objects.
 *
 * <p>A message has one identity over all its deliveries, so that the parsing stage takes its
 * records once. What SNS wraps around a message is taken off.
 */
public final class QueueRecordFunction extends ProcessFunction<QueueMessage, RecordBatch> {

    private static final long serialVersionUID = 1L;

    /** Messages and records that cannot be cut, and queues that cannot be polled. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("queue-dead-letters", Types.POJO(DeadLetter.class));

    private static final String STAGE = "read";

    /** SQS takes no longer message. */
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private static final int MAX_ROUTES = 1_000;

    private final int lanes;
    private final AwsSettings aws;

    private transient SubscriptionConfirmer confirmer;
    private transient Map<String, QueueRoute> routes;
    private transient MetricGroup metrics;
    private transient Counter messages;
    private transient RecentMaximum messageLag;
    private transient Map<String, Counter> deadLetters;

    /**
     * @param lanes slots over which the messages of one queue are spread
     * @param aws for confirming subscriptions
     */
    public QueueRecordFunction(int lanes, AwsSettings aws) {
        this.lanes = lanes;
        this.aws = aws;
    }

    @Override
    public void open(OpenContext context) {
        confirmer = SubscriptionConfirmer.withSns(aws);
        routes = new HashMap<>();
        metrics = getRuntimeContext().getMetricGroup().addGroup("caracal");
        messages = metrics.counter("queueMessages");
        messageLag = metrics.gauge("messageLagMillis", new RecentMaximum());
        deadLetters = new HashMap<>();
    }

    @Override
    public void processElement(QueueMessage element, Context context, Collector<RecordBatch> out) {
        if (routes.size() > MAX_ROUTES) {
            routes.clear();
        }
        QueueRoute queue = routes.computeIfAbsent(element.note(), QueueRoute::decode);
        SqsMessage message = element.message();
        if (element.isFailure()) {
            reject(element.failureReason(), element.failure(), message, -1, "", queue, context);
            return;
        }
        messages.inc();
        messageLag.addSince(message.sentTimeMillis());
        Optional<SnsEnvelope> envelope = SnsEnvelope.read(message.body());
        if (envelope.isEmpty()) {
            cut(message, message.body(), queue, context, out);
            return;
        }
        switch (envelope.get().type()) {
            case "SubscriptionConfirmation" -> confirm(envelope.get(), message, queue, context);
            case "UnsubscribeConfirmation" -> {}
            default -> cut(message, envelope.get().message(), queue, context, out);
        }
    }

    private void cut(
            SqsMessage message,
            String text,
            QueueRoute queue,
            Context context,
            Collector<RecordBatch> out) {
        MessageRecords records = new MessageRecords(message, lane(message), queue.route().encode());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LogStream stream =
                LogStreams.open(
                        queue.logStream(), new ByteArrayInputStream(bytes), "", MAX_RECORD_BYTES);
        try {
            while (next(stream, records, message, queue, context, out)) {
                records.add(stream);
            }
            out.collect(records.batch(true));
        } catch (LogStreamException e) {
            emit(records, out);
            reject(e.reason(), told(e, stream), message, -1, text, queue, context);
        } catch (IOException e) {
            emit(records, out);
            reject("unreadable", told(e, stream), message, -1, text, queue, context);
        }
    }

    /** Moves to the next record that can be handed on. */
    private boolean next(
            LogStream stream,
            MessageRecords records,
            SqsMessage message,
            QueueRoute queue,
            Context context,
            Collector<RecordBatch> out)
            throws IOException {
        while (true) {
            try {
                return stream.next();
            } catch (RecordRejectedException e) {
                long index = records.nextIndex();
                emit(records, out);
                records.skip();
                reject(e.reason(), told(e, stream), message, index, e.excerpt(), queue, context);
            }
        }
    }

    private static void emit(MessageRecords records, Collector<RecordBatch> out) {
        if (!records.isEmpty()) {
            out.collect(records.batch(false));
        }
    }

    private static String told(IOException e, LogStream stream) {
        return e.getMessage() + " (log stream " + stream.name() + ')';
    }

    /** Of the message alone, so that every delivery of it names the same lane. */
    private String lane(SqsMessage message) {
        return message.queueUrl() + '/' + Math.floorMod(message.messageId().hashCode(), lanes);
    }

    private void confirm(
            SnsEnvelope envelope, SqsMessage message, QueueRoute queue, Context context) {
        String problem;
        if (queue.allows(envelope.topicArn())) {
            try {
                confirmer.confirm(envelope.topicArn(), envelope.token());
                return;
            } catch (SdkException | IllegalArgumentException e) {
                problem = "SNS refused the confirmation: " + e.getMessage();
            }
        } else {
            problem = envelope.topicArn() + " is none of the log source's allowedSourceArns";
        }
        reject("subscription-not-confirmed", problem, message, -1, "", queue, context);
    }

    private void reject(
            String reason,
            String detail,
            SqsMessage message,
            long index,
            String text,
            QueueRoute queue,
            Context context) {
        deadLetters
                .computeIfAbsent(
                        reason, key -> metrics.addGroup("reason", key).counter("deadLetters"))
                .inc();
        String object =
                message.messageId().isEmpty() ? message.queueUrl() : MessageRecords.id(message);
        context.output(
                DEAD_LETTERS,
                new DeadLetter(
                        STAGE,
                        reason,
                        detail,
                        queue.route().sourceId(),
                        object,
                        index,
                        text,
                        context.timerService().currentProcessingTime()));
    }
}
