package dev.caracal.job.health;

import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The operators that make alerts about Caracal itself. */
public final class HealthAlerts {

    private HealthAlerts() {}

    /** Alerts of rule errors, or one that the engine is broken. */
    public static DataStream<Alert> ofRuleErrors(
            SingleOutputStreamOperator<Alert> ruleAlerts, ReadableConfig options) {
        var ruleErrors =
                ruleAlerts
                        .getSideOutput(AlertFunction.RULE_ERRORS)
                        .keyBy(alert -> "all rules")
                        .process(new RuleErrorFunction(options.get(AlertOptions.CLOCK)))
                        .name("RuleErrorFunction")
                        .uid("rule-error-function")
                        .setParallelism(1);
        return ruleErrors.union(
                group(
                        ruleErrors.getSideOutput(RuleErrorFunction.FINDINGS),
                        "EngineHealthFunction",
                        "engine-health-function",
                        options));
    }

    private static DataStream<Alert> group(
            DataStream<Match> findings, String name, String uid, ReadableConfig options) {
        return findings.keyBy(AlertGrouping::key)
                .process(
                        new AlertFunction(
                                Alert.Type.SYSTEM_HEALTH,
                                options.get(AlertOptions.CLOCK),
                                options.get(AlertOptions.UPDATE_INTERVAL)))
                .name(name)
                .uid(uid)
                .setParallelism(1);
    }
}
