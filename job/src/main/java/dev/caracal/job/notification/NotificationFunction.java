package dev.caracal.job.notification;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.S3Object;
import dev.caracal.connectors.s3.S3ObjectRef;
import dev.caracal.connectors.sqs.SqsMessage;
import dev.caracal.job.metrics.RecentMaximum;
import dev.caracal.job.parse.Route;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSourceMemory;
import dev.caracal.job.source.LogSourceRefresher;
import dev.caracal.job.source.LogSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns SQS messages into the S3 objects to read, each with its log source.
 *
 * <p>Chained to the source: the object reader behind it depends on that.
 */
public final class NotificationFunction extends ProcessFunction<SqsMessage, S3Object>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** Messages that say nothing known, and objects without a log source. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("notification-dead-letters", Types.POJO(DeadLetter.class));

    private static final String STAGE = "notification";

    private final ControlLocation control;
    private final Duration interval;
    private final int lanes;
    private final AwsSettings aws;

    /** Schemas in force, so that a log source still has its log types after a refused edit. */
    private transient ListState<SchemaSource> schemaState;

    /** The files of the log sources in force, by path, so that a refused one stays what it was. */
    private transient ListState<Map<String, String>> sourceState;

    private transient NotificationParser parser;
    private transient LogSourceRefresher logSources;
    private transient SubscriptionConfirmer confirmer;
    private transient MetricGroup metrics;
    private transient RecentMaximum messageLag;
    private transient Counter objects;
    private transient Counter tests;
    private transient Counter excluded;
    private transient Map<Notification.PassedOver, Counter> passedOver;
    private transient Map<String, Counter> deadLetters;

    /**
     * @param control where the log sources are, and the schemas of their log types
     * @param interval how often they are read anew
     * @param lanes slots over which the objects of one bucket are spread
     * @param aws for confirming subscriptions
     */
    public NotificationFunction(
            ControlLocation control, Duration interval, int lanes, AwsSettings aws) {
        this.control = control;
        this.interval = interval;
        this.lanes = lanes;
        this.aws = aws;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        schemaState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "accepted-schemas", Types.POJO(SchemaSource.class)));
        sourceState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "accepted-sources", Types.MAP(Types.STRING, Types.STRING)));
    }

    /** Every task sees the same files, so that one of them is enough to write them down. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        LogSourceMemory memory = logSources.memory();
        schemaState.update(first ? memory.schemas() : List.of());
        sourceState.update(first ? List.of(memory.sources()) : List.of());
    }

    @Override
    public void open(OpenContext context) throws Exception {
        parser = new NotificationParser();
        confirmer = SubscriptionConfirmer.withSns(aws);
        logSources = new LogSourceRefresher(control, interval, before());
        metrics = getRuntimeContext().getMetricGroup().addGroup("caracal");
        messageLag = metrics.gauge("messageLagMillis", new RecentMaximum());
        objects = metrics.counter("announcedObjects");
        tests = metrics.counter("testNotifications");
        excluded = metrics.counter("excludedObjects");
        passedOver = new EnumMap<>(Notification.PassedOver.class);
        deadLetters = new HashMap<>();
    }

    private LogSourceMemory before() throws Exception {
        List<SchemaSource> schemas = new ArrayList<>();
        schemaState.get().forEach(schemas::add);
        SortedMap<String, String> sources = new TreeMap<>();
        sourceState.get().forEach(sources::putAll);
        return new LogSourceMemory(schemas, sources);
    }

    @Override
    public void close() {
        if (logSources != null) {
            logSources.close();
        }
    }

    @Override
    public void processElement(SqsMessage message, Context context, Collector<S3Object> out) {
        messageLag.addSince(message.sentTimeMillis());
        Notification notification = parser.parse(message.body());
        if (notification instanceof Notification.Announcement announcement) {
            announcement.passedOver().forEach(this::count);
            announcement.unreadable().forEach(entry -> reject(message, entry, context));
            LogSources current = logSources.current();
            for (Notification.AnnouncedObject object : announcement.objects()) {
                route(object, current, message, context, out);
            }
        } else if (notification instanceof Notification.Test) {
            tests.inc();
        } else if (notification instanceof Notification.Confirmation confirmation) {
            confirm(confirmation, message, context);
        } else if (notification instanceof Notification.Unrecognised unrecognised) {
            reject(message, unrecognised, context);
        }
    }

    private void count(Notification.PassedOver reason) {
        passedOver
                .computeIfAbsent(
                        reason,
                        key ->
                                metrics.addGroup("reason", key.name().toLowerCase(Locale.ROOT))
                                        .counter("passedOverObjects"))
                .inc();
    }

    private void route(
            Notification.AnnouncedObject object,
            LogSources current,
            SqsMessage message,
            Context context,
            Collector<S3Object> out) {
        S3ObjectRef ref = object.ref();
        Optional<LogSources.Found> found = current.find(ref.bucket(), ref.key());
        if (found.isEmpty()) {
            reject(
                    context,
                    "no-log-source",
                    "no log source has a prefix of this key in bucket " + ref.bucket(),
                    ref.toString(),
                    message.body());
            return;
        }
        if (found.get().excluded()) {
            excluded.inc();
            return;
        }
        objects.inc();
        LogSource source = found.get().source();
        out.collect(
                new S3Object(
                        ref,
                        source.roleArn(),
                        source.externalId(),
                        found.get().prefixLogTypes().logStream(),
                        source.id(),
                        lane(ref),
                        Route.of(found.get()).encode(),
                        object.createdTimeMillis()));
    }

    /** Of bucket and key alone, so that every announcement of an object names the same lane. */
    private String lane(S3ObjectRef ref) {
        return ref.bucket() + '/' + Math.floorMod(ref.key().hashCode(), lanes);
    }

    private void confirm(
            Notification.Confirmation confirmation, SqsMessage message, Context context) {
        String problem = refuse(confirmation);
        if (problem == null) {
            try {
                confirmer.confirm(confirmation.topicArn(), confirmation.token());
                return;
            } catch (SdkException e) {
                problem = "SNS refused the confirmation: " + e.getMessage();
            }
        }
        String withoutToken = message.body().replace(confirmation.token(), "***");
        reject(
                context,
                "subscription-not-confirmed",
                problem,
                confirmation.topicArn(),
                confirmation.token().isEmpty() ? message.body() : withoutToken);
    }

    /** Why the subscription must not be confirmed; null if it may be. */
    private @Nullable String refuse(Notification.Confirmation confirmation) {
        try {
            Arn topic = Arn.fromString(confirmation.topicArn());
            String account = topic.accountId().orElse("");
            if (!topic.service().equals("sns") || topic.region().isEmpty()) {
                return "this is not the ARN of a topic";
            }
            return logSources.current().hasAccount(account)
                    ? null
                    : "the topic's account " + account + " has no log source";
        } catch (IllegalArgumentException e) {
            return "this is not the ARN of a topic";
        }
    }

    private void reject(
            SqsMessage message, Notification.Unrecognised unrecognised, Context context) {
        reject(
                context,
                unrecognised.reason(),
                unrecognised.detail(),
                message.queueUrl(),
                message.body());
    }

    private void reject(Context context, String reason, String detail, String object, String text) {
        deadLetters
                .computeIfAbsent(
                        reason, key -> metrics.addGroup("reason", key).counter("deadLetters"))
                .inc();
        context.output(
                DEAD_LETTERS,
                new DeadLetter(
                        STAGE,
                        reason,
                        detail,
                        "",
                        object,
                        -1,
                        text,
                        context.timerService().currentProcessingTime()));
    }
}
