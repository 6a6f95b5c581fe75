package dev.caracal.job;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.connectors.delivery.DeliveryOperator;
import dev.caracal.connectors.delivery.Transport;
import dev.caracal.connectors.s3.ObjectStore;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.connectors.s3.S3ObjectReader;
import dev.caracal.connectors.sns.SnsDelivery;
import dev.caracal.connectors.sns.SnsOptions;
import dev.caracal.connectors.sqs.QueueMessage;
import dev.caracal.connectors.sqs.SqsDelivery;
import dev.caracal.connectors.sqs.SqsMessage;
import dev.caracal.connectors.webhook.WebhookDelivery;
import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.job.alert.EventClock;
import dev.caracal.job.destination.DestinationSet;
import dev.caracal.job.destination.RouteFunction;
import dev.caracal.job.detect.ControlCheckFunction;
import dev.caracal.job.detect.DetectFunction;
import dev.caracal.job.detect.RuleCacheSettings;
import dev.caracal.job.detect.RuleSetChange;
import dev.caracal.job.health.HealthAlerts;
import dev.caracal.job.lake.Lake;
import dev.caracal.job.notification.NotificationFunction;
import dev.caracal.job.parse.LogStreamCutter;
import dev.caracal.job.parse.ParseFunction;
import dev.caracal.job.queue.QueueRecordFunction;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The operators of the job and how they are connected; its ends are arguments. */
final class Topology {

    private Topology() {}

    /** Where the job's input comes from. */
    record Sources(
            Source<SqsMessage, ?, ?> messages,
            Source<QueueMessage, ?, ?> queues,
            Source<ControlSnapshot, ?, ?> control,
            ControlLocation controlLocation,
            ObjectStore.Factory objects) {}

    /**
     * Where the job's output goes.
     *
     * @param events files of all events; empty if only the lake has them
     */
    record Sinks(
            Optional<Sink<Event>> events,
            Sink<Match> matches,
            Sink<Alert> alerts,
            Sink<DeadLetter> deadLetters,
            Optional<Lake> lake) {}

    /** How alerts reach their destinations. */
    record Transports(
            Transport.Factory<SnsDelivery> sns,
            Transport.Factory<SqsDelivery> sqs,
            Transport.Factory<WebhookDelivery> webhook) {}

    static void define(
            StreamExecutionEnvironment env,
            Sources sources,
            Sinks sinks,
            Transports transports,
            AwsSettings aws,
            ReadableConfig options) {
        boolean builtin = options.get(JobOptions.BUILTIN_RULES);
        var timeLimit = options.get(JobOptions.RULE_TIME_LIMIT);

        // One chain up to the reader: a network exchange in front of it would hold up checkpoints.
        SingleOutputStreamOperator<RecordBatch> batches;
        var objects =
                env.fromSource(
                                sources.messages(),
                                WatermarkStrategy.noWatermarks(),
                                "SqsSource",
                                TypeInformation.of(SqsMessage.class))
                        .uid("sqs-source")
                        .setDescription("SqsSource: polls the queue")
                        .process(
                                new NotificationFunction(
                                        sources.controlLocation(),
                                        options.get(JobOptions.CONTROL_INTERVAL),
                                        options.get(JobOptions.LANES),
                                        aws))
                        .name("NotificationFunction")
                        .setDescription("NotificationFunction: finds the log source of each object")
                        .uid("notification-function");
        batches =
                S3ObjectReader.apply(objects, sources.objects(), LogStreamCutter::open, options)
                        .name("S3ObjectReader")
                        .setDescription("S3ObjectReader: reads objects and cuts them into records")
                        .uid("s3-object-reader");

        var queueBatches =
                env.fromSource(
                                sources.queues(),
                                WatermarkStrategy.noWatermarks(),
                                "SqsQueuesSource",
                                TypeInformation.of(QueueMessage.class))
                        .uid("sqs-queues-source")
                        .setDescription("SqsQueuesSource: polls the queues of log sources")
                        .process(new QueueRecordFunction(options.get(JobOptions.LANES), aws))
                        .returns(TypeInformation.of(RecordBatch.class))
                        .name("QueueRecordFunction")
                        .setDescription("QueueRecordFunction: cuts messages into records")
                        .uid("queue-record-function");

        var ruleSets =
                env.fromSource(
                                sources.control(),
                                WatermarkStrategy.noWatermarks(),
                                "ControlSource",
                                TypeInformation.of(ControlSnapshot.class))
                        .uid("control-source")
                        .setDescription("ControlSource: follows the control location")
                        .setParallelism(1)
                        .keyBy(snapshot -> "all files")
                        .process(
                                new ControlCheckFunction(
                                        sources.controlLocation(), builtin, timeLimit))
                        .returns(TypeInformation.of(RuleSetChange.class))
                        .name("ControlCheckFunction")
                        .setDescription(
                                "ControlCheckFunction: checks what changed in the control location")
                        .uid("control-check-function")
                        .setParallelism(1);

        var events =
                batches.union(queueBatches)
                        .keyBy(RecordBatch::lane)
                        .connect(
                                ruleSets.getSideOutput(ControlCheckFunction.SCHEMAS)
                                        .broadcast(ParseFunction.SCHEMAS))
                        .process(
                                new ParseFunction(
                                        sources.controlLocation(),
                                        options.get(JobOptions.OBJECT_TIME_TO_LIVE)))
                        .name("ParseFunction")
                        .setDescription("ParseFunction: makes events of records, each record once")
                        .uid("parse-function");

        var judged =
                EventClock.of(events, options)
                        .connect(
                                EventClock.timeless(ruleSets, options)
                                        .broadcast(
                                                DetectFunction.RULES, DetectFunction.LOOKUP_TABLES))
                        .process(
                                new DetectFunction(
                                        sources.controlLocation(),
                                        builtin,
                                        timeLimit,
                                        ruleCache(options, aws)))
                        .name("DetectFunction")
                        .setDescription("DetectFunction: runs the rules")
                        .uid("detect-function");

        var ruleAlerts =
                judged.keyBy(AlertGrouping::key)
                        .process(
                                new AlertFunction(
                                        Alert.Type.RULE,
                                        options.get(AlertOptions.CLOCK),
                                        options.get(AlertOptions.UPDATE_INTERVAL)))
                        .name("AlertFunction")
                        .setDescription("AlertFunction: groups matches into alerts")
                        .uid("alert-function");
        var matches = ruleAlerts.getSideOutput(AlertFunction.MATCHES);
        DataStream<DeadLetter> deadLetters =
                objects.getSideOutput(NotificationFunction.DEAD_LETTERS)
                        .union(
                                batches.getSideOutput(S3ObjectReader.DEAD_LETTERS),
                                queueBatches.getSideOutput(QueueRecordFunction.DEAD_LETTERS),
                                events.getSideOutput(ParseFunction.DEAD_LETTERS),
                                judged.getSideOutput(DetectFunction.DEAD_LETTERS),
                                ruleSets.getSideOutput(ControlCheckFunction.DEAD_LETTERS));
        DataStream<Alert> alerts =
                ruleAlerts.union(
                        HealthAlerts.ofRuleErrors(ruleAlerts, options),
                        HealthAlerts.ofInput(
                                deadLetters,
                                events.getSideOutput(ParseFunction.SOURCE_COUNTS),
                                ruleSets.getSideOutput(ControlCheckFunction.WATCHED_SOURCES),
                                sources.controlLocation(),
                                options));

        DataStream<Event> judgedEvents = judged.getSideOutput(DetectFunction.EVENTS);
        sinks.events()
                .ifPresent(files -> judgedEvents.sinkTo(files).name("EventSink").uid("event-sink"));
        matches.sinkTo(sinks.matches()).name("MatchSink").uid("match-sink");
        DataStream<DeadLetter> notDelivered =
                deliver(
                        alerts,
                        ruleSets.getSideOutput(ControlCheckFunction.DESTINATIONS),
                        new RouteFunction(
                                sources.controlLocation(),
                                options.getOptional(SnsOptions.TOPIC_ARN).orElse("")),
                        transports,
                        options);
        // Stored, and not delivered: that would be a cycle.
        DataStream<Alert> allAlerts = alerts.union(HealthAlerts.ofDelivery(notDelivered, options));
        allAlerts.sinkTo(sinks.alerts()).name("AlertSink").uid("alert-sink");
        DataStream<DeadLetter> allDeadLetters = deadLetters.union(notDelivered);
        allDeadLetters.sinkTo(sinks.deadLetters()).name("DeadLetterSink").uid("dead-letter-sink");
        sinks.lake()
                .ifPresent(
                        lake -> {
                            lake.addEvents(
                                    judgedEvents,
                                    ruleSets.getSideOutput(ControlCheckFunction.SCHEMAS),
                                    sources.controlLocation());
                            lake.addFindings(matches, allAlerts, allDeadLetters);
                        });
    }

    /** Sends each alert to its destinations; what could not be sent comes back. */
    private static DataStream<DeadLetter> deliver(
            DataStream<Alert> alerts,
            DataStream<DestinationSet> destinations,
            RouteFunction routing,
            Transports transports,
            ReadableConfig options) {
        var webhooks =
                alerts.connect(destinations.broadcast(RouteFunction.DESTINATIONS))
                        .process(routing)
                        .name("RouteFunction")
                        .setDescription("RouteFunction: finds the destinations of alerts")
                        .uid("route-function");
        var topics = webhooks.getSideOutput(RouteFunction.SNS);
        var queues = webhooks.getSideOutput(RouteFunction.SQS);
        return DeliveryOperator.apply(webhooks, transports.webhook(), options)
                .name("WebhookDelivery")
                .uid("webhook-delivery")
                .union(
                        DeliveryOperator.apply(topics, transports.sns(), options)
                                .name("SnsDelivery")
                                .uid("sns-delivery"),
                        DeliveryOperator.apply(queues, transports.sqs(), options)
                                .name("SqsDelivery")
                                .uid("sqs-delivery"),
                        webhooks.getSideOutput(RouteFunction.DEAD_LETTERS));
    }

    private static RuleCacheSettings ruleCache(ReadableConfig options, AwsSettings aws) {
        return new RuleCacheSettings(
                options.getOptional(JobOptions.RULE_CACHE_DIRECTORY).orElse(""),
                options.getOptional(JobOptions.RULE_CACHE_TABLE).orElse(""),
                options.get(JobOptions.RULE_CACHE_TIMEOUT),
                aws);
    }
}
