package dev.caracal.job.health;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The operators that make alerts about Caracal itself. Findings are few, so that one task of each
 * is enough.
 */
public final class HealthAlerts {

    private HealthAlerts() {}

    /** Alerts of rule errors, or one that the engine is broken. */
    public static DataStream<Alert> ofRuleErrors(
            SingleOutputStreamOperator<Alert> ruleAlerts, ReadableConfig options) {
        AlertClock clock = options.get(AlertOptions.CLOCK);
        var ruleErrors =
                ruleAlerts
                        .getSideOutput(AlertFunction.RULE_ERRORS)
                        .keyBy(alert -> "all rules")
                        .process(new RuleErrorFunction(clock))
                        .name("RuleErrorFunction")
                        .uid("rule-error-function")
                        .setParallelism(1);
        return ruleErrors.union(
                group(ruleErrors.getSideOutput(RuleErrorFunction.FINDINGS), clock, options)
                        .name("EngineHealthFunction")
                        .uid("engine-health-function"));
    }

    /**
     * Alerts about what the job is fed, on processing time whatever the clock of the others. The
     * health of the log sources is written into the control location as well.
     *
     * @param counts what becomes of the log sources' records
     * @param sources the log sources, when they change
     * @param control where the health is written
     */
    public static DataStream<Alert> ofInput(
            DataStream<DeadLetter> deadLetters,
            DataStream<SourceCount> counts,
            DataStream<WatchedSource> sources,
            ControlLocation control,
            ReadableConfig options) {
        var sourceFindings =
                counts.keyBy(SourceCount::sourceId)
                        .connect(sources.keyBy(WatchedSource::sourceId))
                        .process(
                                new SourceHealthFunction(
                                        options.get(HealthOptions.CLASSIFICATION_FAILURES)))
                        .name("SourceHealthFunction")
                        .uid("source-health-function")
                        .setParallelism(1);
        sourceFindings
                .getSideOutput(SourceHealthFunction.STATUSES)
                .connect(
                        deadLetters
                                .filter(letter -> !letter.sourceId().isEmpty())
                                .name("SourceDeadLetters")
                                .uid("source-dead-letters"))
                .process(
                        new SourceSnapshotFunction(
                                control, options.get(HealthOptions.SNAPSHOT_INTERVAL)))
                .returns(TypeInformation.of(SourceStatus.class))
                .name("SourceSnapshotFunction")
                .uid("source-snapshot-function")
                .setParallelism(1);
        var findings =
                sourceFindings.union(
                        findings(deadLetters, options)
                                .name("DeadLetterHealthFunction")
                                .uid("dead-letter-health-function"));
        return group(findings, AlertClock.PROCESSING_TIME, options)
                .name("HealthAlertFunction")
                .uid("health-alert-function");
    }

    /** Alerts about alerts that were not delivered; to be stored, since they may not arrive. */
    public static DataStream<Alert> ofDelivery(
            DataStream<DeadLetter> deadLetters, ReadableConfig options) {
        return group(
                        findings(deadLetters, options)
                                .name("DeliveryHealthFunction")
                                .uid("delivery-health-function"),
                        AlertClock.PROCESSING_TIME,
                        options)
                .name("DeliveryAlertFunction")
                .uid("delivery-alert-function");
    }

    private static SingleOutputStreamOperator<Match> findings(
            DataStream<DeadLetter> deadLetters, ReadableConfig options) {
        return deadLetters
                .map(new DeadLetterHealthFunction(options.get(HealthOptions.DEAD_LETTERS)))
                .returns(TypeInformation.of(Match.class));
    }

    private static SingleOutputStreamOperator<Alert> group(
            DataStream<Match> findings, AlertClock clock, ReadableConfig options) {
        return findings.keyBy(AlertGrouping::key)
                .process(
                        new AlertFunction(
                                Alert.Type.SYSTEM_HEALTH,
                                clock,
                                options.get(AlertOptions.UPDATE_INTERVAL)))
                .setParallelism(1);
    }
}
