package dev.caracal.job;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.connectors.s3.ObjectStore;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.connectors.s3.S3ObjectReader;
import dev.caracal.connectors.sqs.SqsMessage;
import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.detect.ControlCheckFunction;
import dev.caracal.job.detect.DetectFunction;
import dev.caracal.job.detect.RuleSet;
import dev.caracal.job.lake.Lake;
import dev.caracal.job.notification.NotificationFunction;
import dev.caracal.job.parse.LogStreamCutter;
import dev.caracal.job.parse.ParseFunction;
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
            Source<ControlSnapshot, ?, ?> control,
            ControlLocation controlLocation,
            ObjectStore.Factory objects) {}

    /**
     * Where the job's output goes.
     *
     * @param events files of all events; empty if only the lake has them
     * @param topic alerts for people; empty if they are only stored
     */
    record Sinks(
            Optional<Sink<Event>> events,
            Sink<Match> matches,
            Sink<Alert> alerts,
            Optional<Sink<Alert>> topic,
            Sink<DeadLetter> deadLetters,
            Optional<Lake> lake) {}

    static void define(
            StreamExecutionEnvironment env,
            Sources sources,
            Sinks sinks,
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
                        .process(
                                new NotificationFunction(
                                        sources.controlLocation(),
                                        options.get(JobOptions.CONTROL_INTERVAL),
                                        options.get(JobOptions.LANES),
                                        aws))
                        .name("NotificationFunction")
                        .uid("notification-function");
        batches =
                S3ObjectReader.apply(objects, sources.objects(), LogStreamCutter::open, options)
                        .name("S3ObjectReader")
                        .uid("s3-object-reader");

        var ruleSets =
                env.fromSource(
                                sources.control(),
                                WatermarkStrategy.noWatermarks(),
                                "ControlSource",
                                TypeInformation.of(ControlSnapshot.class))
                        .uid("control-source")
                        .setParallelism(1)
                        .process(new ControlCheckFunction(builtin, timeLimit))
                        .returns(TypeInformation.of(RuleSet.class))
                        .name("ControlCheckFunction")
                        .uid("control-check-function")
                        .setParallelism(1);

        var events =
                batches.keyBy(RecordBatch::lane)
                        .connect(
                                ruleSets.getSideOutput(ControlCheckFunction.SCHEMAS)
                                        .broadcast(ParseFunction.SCHEMAS))
                        .process(
                                new ParseFunction(
                                        sources.controlLocation(),
                                        options.get(JobOptions.OBJECT_TIME_TO_LIVE)))
                        .name("ParseFunction")
                        .uid("parse-function");

        var matches =
                events.connect(ruleSets.broadcast(DetectFunction.RULES))
                        .process(new DetectFunction(sources.controlLocation(), builtin, timeLimit))
                        .name("DetectFunction")
                        .uid("detect-function");

        var alerts =
                matches.keyBy(AlertGrouping::key)
                        .process(new AlertFunction())
                        .name("AlertFunction")
                        .uid("alert-function");

        sinks.events().ifPresent(files -> events.sinkTo(files).name("EventSink").uid("event-sink"));
        matches.sinkTo(sinks.matches()).name("MatchSink").uid("match-sink");
        alerts.sinkTo(sinks.alerts()).name("AlertSink").uid("alert-sink");
        sinks.topic()
                .ifPresent(
                        topic ->
                                alerts.sinkTo(topic)
                                        .name("AlertTopicSink")
                                        .uid("alert-topic-sink"));
        DataStream<DeadLetter> deadLetters =
                objects.getSideOutput(NotificationFunction.DEAD_LETTERS)
                        .union(
                                batches.getSideOutput(S3ObjectReader.DEAD_LETTERS),
                                events.getSideOutput(ParseFunction.DEAD_LETTERS),
                                ruleSets.getSideOutput(ControlCheckFunction.DEAD_LETTERS));
        deadLetters.sinkTo(sinks.deadLetters()).name("DeadLetterSink").uid("dead-letter-sink");
        sinks.lake()
                .ifPresent(
                        lake -> {
                            lake.addEvents(
                                    events,
                                    ruleSets.getSideOutput(ControlCheckFunction.SCHEMAS),
                                    sources.controlLocation());
                            lake.addFindings(matches, alerts, deadLetters);
                        });
    }
}
