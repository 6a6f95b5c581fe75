package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.connectors.files.S3FileSink;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.output.AlertLines;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.Match;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job fails at random points while 5,000 matches over 200 keys come in disorder; what lies in
 * S3 equals what a plain loop over the matches in their order gives.
 */
class AlertChaosITCase {

    private static final int MATCHES = 5_000;
    private static final int KEYS = 200;
    private static final int FAILURES = 8;
    private static final Duration LATENESS = Duration.ofMinutes(30);
    private static final Duration UPDATE_INTERVAL = Duration.ofMinutes(1);

    @TempDir private Path folder;

    @Test
    void whatLiesInS3IsWhatAPlainLoopGives() throws Exception {
        FailAtRandom.reset();
        List<String> written = new ArrayList<>();
        try (WholeWay way = new WholeWay(folder)) {
            run(way.jobOptions());
            way.output("alerts").forEach(record -> written.add(summary(record)));
        }
        written.sort(Comparator.naturalOrder());
        assertThat(FailAtRandom.failures()).isEqualTo(FAILURES);
        assertThat(written).isEqualTo(reference());
        assertThat(written).hasSizeGreaterThan(KEYS);
    }

    /** The same match for the same number, some days of them over all keys. */
    private static Match match(long number) {
        Random random = new Random(number);
        int key = random.nextInt(KEYS);
        long time = number * 102_000 + random.nextInt(1000);
        return new Match(
                "R." + key % 20,
                "v1",
                false,
                Severity.HIGH,
                "title",
                "dedup " + key,
                60 * (1 + key % 7),
                1 + key % 3,
                true,
                "",
                "",
                "",
                List.of(),
                List.of(),
                null,
                "",
                "{}",
                "AWS.CloudTrail",
                "row-" + number,
                time,
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    /** Disorder, the same in every run: the numbers within a block are turned around. */
    private static long shuffled(long index) {
        long block = index / 10 * 10;
        return block + (9 - index % 10);
    }

    private void run(Configuration options) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1000);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(20));
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        var env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.fromSequence(0, MATCHES - 1)
                .map(new FailAtRandom())
                .returns(TypeInformation.of(Match.class))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Match>forBoundedOutOfOrderness(LATENESS)
                                .withTimestampAssigner((match, before) -> match.eventTimeMillis()))
                .keyBy(AlertGrouping::key)
                .process(new AlertFunction(Alert.Type.RULE, AlertClock.EVENT_TIME, UPDATE_INTERVAL))
                .sinkTo(
                        S3FileSink.<Alert>builder()
                                .config(options)
                                .bucket(WholeWay.OUTPUT)
                                .prefix("")
                                .encoder(new AlertLines())
                                .build());
        env.execute();
    }

    /** Makes the matches, slowly, and fails now and then. */
    private static final class FailAtRandom extends RichMapFunction<Long, Match> {

        private static final long serialVersionUID = 1L;
        private static final AtomicInteger CALLS = new AtomicInteger();
        private static final AtomicInteger FAILED = new AtomicInteger();
        private static final List<Integer> FAIL_AT = new ArrayList<>();

        static void reset() {
            CALLS.set(0);
            FAILED.set(0);
            FAIL_AT.clear();
            Random random = new Random(20261124);
            FAIL_AT.addAll(
                    IntStream.range(0, FAILURES)
                            .mapToObj(i -> MATCHES / FAILURES * i + random.nextInt(400) + 100)
                            .toList());
        }

        static int failures() {
            return FAILED.get();
        }

        @Override
        public Match map(Long index) {
            LockSupport.parkNanos(300_000);
            if (FAIL_AT.contains(CALLS.incrementAndGet())) {
                FAILED.incrementAndGet();
                throw new IllegalStateException("The test fails the job");
            }
            return match(shuffled(index));
        }
    }

    /**
     * One loop over the matches in the order of their times: the periods by key, record by record.
     */
    private static List<String> reference() {
        List<String> records = new ArrayList<>();
        Map<String, List<Match>> byKey = new TreeMap<>();
        for (int number = 0; number < MATCHES; number++) {
            Match match = match(number);
            byKey.computeIfAbsent(AlertGrouping.key(match), key -> new ArrayList<>()).add(match);
        }
        for (List<Match> matches : byKey.values()) {
            matches.sort(Comparator.comparing(Match::eventTimeMillis));
            for (int first = 0; first < matches.size(); ) {
                Match opened = matches.get(first);
                long end =
                        opened.eventTimeMillis()
                                + Duration.ofMinutes(opened.dedupPeriodMinutes()).toMillis();
                int next = first;
                while (next < matches.size() && matches.get(next).eventTimeMillis() < end) {
                    next++;
                }
                if (next - first >= opened.threshold()) {
                    int count = opened.threshold();
                    long told = matches.get(first + count - 1).eventTimeMillis();
                    records.add(summary(opened, count, told));
                    while (first + count < next) {
                        long due =
                                matches.get(first + count).eventTimeMillis()
                                        + UPDATE_INTERVAL.toMillis();
                        told = Math.min(due, end);
                        while (first + count < next
                                && matches.get(first + count).eventTimeMillis() < told) {
                            count++;
                        }
                        records.add(summary(opened, count, told));
                    }
                }
                first = next;
            }
        }
        records.sort(Comparator.naturalOrder());
        return records;
    }

    private static String summary(Match opened, int count, long told) {
        return String.join(
                " ", opened.ruleId(), opened.dedup(), opened.rowId(), "" + count, "" + told);
    }

    private static String summary(JsonNode record) {
        return String.join(
                " ",
                record.path("ruleId").asText(),
                record.path("dedup").asText(),
                record.path("rowIds").path(0).asText(),
                record.path("eventCount").asText(),
                "" + Instant.parse(record.path("updateTime").asText()).toEpochMilli());
    }
}
