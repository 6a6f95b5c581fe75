package dev.caracal.job.replay;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.LakeScan;
import dev.caracal.job.JobOptions;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.job.detect.DetectFunction;
import dev.caracal.job.detect.RuleCacheSettings;
import dev.caracal.job.detect.RuleSet;
import dev.caracal.job.detect.RuleSetChange;
import dev.caracal.job.lake.LakeReadFunction;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleSource;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Judges events of the lake by rules, with the job's own functions, and sends nothing to anybody.
 *
 * <p>The clock stands still until the last event has been read. Then the matches of a key are
 * counted in the order of their event times, so that the order in which files are read makes no
 * difference; until then they wait in the state, on disk. Rule errors make their alerts at once,
 * however many rules fail. (Flink's batch mode would sort the matches, but drops timers that are
 * set when another one fires, such as the end of a period.)
 *
 * @param events how scans become events
 * @param rules with the globals and data models that they use
 * @param cache where rules remember things during the replay; not the job's
 * @param control where rules' files are, for messages
 * @param matches whether matches are wanted one by one
 */
public record Replay(
        LakeReadFunction events,
        List<RuleSource> rules,
        RuleCacheSettings cache,
        ControlLocation control,
        boolean matches) {

    /** Accumulator that counts the matches. */
    public static final String MATCHES = "matches";

    /** Accumulator that counts the rule errors. */
    public static final String RULE_ERRORS = "ruleErrors";

    public Replay {
        Objects.requireNonNull(events, "events is null");
        Objects.requireNonNull(cache, "cache is null");
        Objects.requireNonNull(control, "control is null");
        rules = List.copyOf(rules);
    }

    /** What an environment for a replay has to be made with. */
    public static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, "Caracal replay");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        return configuration;
    }

    /**
     * Adds the replay to an environment.
     *
     * @param scans not empty
     * @param options of the rules and alerts; the clock is that of the events, whatever they say
     */
    public DataStream<Finding> define(
            StreamExecutionEnvironment env, List<LakeScan> scans, Configuration options) {
        DataStream<Event> past =
                env.fromData(scans, TypeInformation.of(LakeScan.class))
                        .setParallelism(1)
                        .name("LakeScans")
                        .rebalance()
                        .flatMap(events)
                        .returns(TypeInformation.of(Event.class))
                        .name("LakeReadFunction");
        DataStream<RuleSetChange> ruleSet =
                env.fromData(
                                List.of(RuleSetChange.to(new RuleSet(rules, List.of()))),
                                TypeInformation.of(RuleSetChange.class))
                        .setParallelism(1)
                        .name("RuleSet");
        var judged =
                past.connect(ruleSet.broadcast(DetectFunction.RULES, DetectFunction.LOOKUP_TABLES))
                        .process(
                                DetectFunction.withRules(
                                        rules,
                                        control,
                                        options.get(JobOptions.RULE_TIME_LIMIT),
                                        cache))
                        .returns(TypeInformation.of(Match.class))
                        .name("DetectFunction");
        var alerts =
                judged.keyBy(AlertGrouping::key)
                        .process(
                                new AlertFunction(
                                        Alert.Type.RULE,
                                        AlertClock.EVENT_TIME,
                                        options.get(AlertOptions.UPDATE_INTERVAL)))
                        .name("AlertFunction");
        TypeInformation<Finding> finding = TypeInformation.of(Finding.class);
        return alerts.getSideOutput(AlertFunction.MATCHES)
                .flatMap(new FindingFunction(matches))
                .returns(finding)
                .name("FindingFunction")
                .union(
                        alerts.union(alerts.getSideOutput(AlertFunction.RULE_ERRORS))
                                .map(
                                        alert -> new Finding(Finding.Kind.ALERT, alert.toJson()),
                                        finding)
                                .name("Alerts"));
    }
}
