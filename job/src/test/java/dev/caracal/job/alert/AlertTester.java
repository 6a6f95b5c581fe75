package dev.caracal.job.alert;

import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** An {@link AlertFunction} whose clock the test moves. */
final class AlertTester implements AutoCloseable {

    static final Duration UPDATE_INTERVAL = Duration.ofMinutes(1);

    private final AlertClock clock;
    private final KeyedOneInputStreamOperatorTestHarness<String, Match, Alert> harness;
    private int rows;

    AlertTester(AlertClock clock) throws Exception {
        this.clock = clock;
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new AlertFunction(Alert.Type.RULE, clock, UPDATE_INTERVAL)),
                        AlertGrouping::key,
                        Types.STRING);
        harness.open();
    }

    /**
     * What comes of matches at the given minutes; on event time they come in any order.
     *
     * @return the records, such as {@code new@0=1} and {@code update@1.5=3}: when, and the count
     */
    static String records(AlertClock clock, Matches matches, String minutes, long seed)
            throws Exception {
        try (AlertTester tester = new AlertTester(clock)) {
            var all = new ArrayList<Match>();
            for (String minute : minutes.split(" ")) {
                all.add(matches.at(Matches.millis(minute), tester.nextRow()));
            }
            if (clock == AlertClock.EVENT_TIME) {
                Collections.shuffle(all, new Random(seed));
            }
            for (Match match : all) {
                tester.process(match);
            }
            tester.moveTo("100000");
            return tester.records();
        }
    }

    private String nextRow() {
        return "row-%03d".formatted(rows++);
    }

    /** On processing time the clock moves to the match's time first. */
    void process(Match match) throws Exception {
        if (clock == AlertClock.PROCESSING_TIME) {
            harness.setProcessingTime(match.eventTimeMillis());
        }
        harness.processElement(match, match.eventTimeMillis());
    }

    void match(String minute, Matches matches) throws Exception {
        process(matches.at(Matches.millis(minute), nextRow()));
    }

    void moveTo(String minute) throws Exception {
        if (clock == AlertClock.PROCESSING_TIME) {
            harness.setProcessingTime(Matches.millis(minute));
        } else {
            harness.processWatermark(new Watermark(Matches.millis(minute)));
        }
    }

    List<Alert> alerts() {
        return harness.extractOutputValues();
    }

    List<Alert> ruleErrors() {
        return values(harness.getSideOutput(AlertFunction.RULE_ERRORS));
    }

    String records() {
        return String.join(" ", alerts().stream().map(AlertTester::record).toList());
    }

    private static String record(Alert alert) {
        String minute =
                String.valueOf(alert.updateTimeMillis() / (double) Duration.ofMinutes(1).toMillis())
                        .replaceFirst("\\.0$", "");
        return (alert.isNew() ? "new@" : "update@") + minute + '=' + alert.eventCount();
    }

    /** The matches as they are stored. */
    List<Match> matches() {
        return values(harness.getSideOutput(AlertFunction.MATCHES));
    }

    private static <T> List<T> values(@Nullable Queue<StreamRecord<T>> output) {
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }

    int stateEntries() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
