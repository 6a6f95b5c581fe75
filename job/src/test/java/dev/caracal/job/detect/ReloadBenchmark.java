package dev.caracal.job.detect;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.connectors.control.ControlSource;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Match;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Measures what a running job loses while one rule of a large pack is changed: a job of the control
 * source, the check and the detection, at full load of CloudTrail events.
 *
 * <p>Arguments: the folder of a rule pack, such as a checkout of
 * github.com/panther-labs/panther-analysis; the path of a rule's Python file within it that is
 * changed; a file for the plot, in SVG; seconds to warm up (90).
 */
public final class ReloadBenchmark {

    private static final long SLICE_MILLIS = 100;
    private static final int SLICES = 600;

    /** At which slices the rule is changed. */
    private static final List<Integer> CHANGES = List.of(150, 300, 450);

    private static final AwsSettings AWS = new AwsSettings("us-east-1", Map.of());

    private static final AtomicLong JUDGED = new AtomicLong();

    private ReloadBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path control = Files.createTempDirectory("reload");
        Path rules = control.resolve(RuleSetCheck.FOLDER);
        copy(Path.of(arguments[0]), rules);
        Path changed = rules.resolve(arguments[1]);
        long warmUp = arguments.length > 3 ? Long.parseLong(arguments[3]) : 90;
        JobClient job = start(new ControlLocation(control.toString(), AWS));
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < warmUp * 1_000_000_000L) {
            LockSupport.parkNanos(1_000_000_000L);
        }
        double[] rates = measure(changed);
        job.cancel().get();
        report(rates);
        Files.writeString(Path.of(arguments[2]), plot(rates));
        System.exit(0);
    }

    private static JobClient start(ControlLocation location) throws Exception {
        var env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        var ruleSets =
                env.fromSource(
                                ControlSource.of(location),
                                WatermarkStrategy.noWatermarks(),
                                "ControlSource",
                                TypeInformation.of(ControlSnapshot.class))
                        .keyBy(snapshot -> "all files")
                        .process(new ControlCheckFunction(location, false, Duration.ofSeconds(1)))
                        .returns(TypeInformation.of(RuleSetChange.class));
        var judged =
                env.fromSequence(0, Long.MAX_VALUE)
                        .map(ReloadBenchmark::event)
                        .returns(Types.POJO(Event.class))
                        .connect(
                                ruleSets.broadcast(
                                        DetectFunction.RULES, DetectFunction.LOOKUP_TABLES))
                        .process(
                                new DetectFunction(
                                        location,
                                        false,
                                        Duration.ofSeconds(1),
                                        new RuleCacheSettings("", "", Duration.ofSeconds(1), AWS)));
        judged.getSideOutput(DetectFunction.EVENTS)
                .process(new Count())
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        judged.sinkTo(new DiscardingSink<Match>());
        return env.executeAsync("reload");
    }

    private static final class Count extends ProcessFunction<Event, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Event event, Context context, Collector<Long> out) {
            JUDGED.incrementAndGet();
        }
    }

    private static Event event(long number) {
        String row = Long.toHexString(number * 0x9E3779B97F4A7C15L);
        String json =
                """
                {"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","principalId":\
                "AROAEXAMPLE:worker-%d","arn":"arn:aws:sts::123456789012:assumed-role/service-%d/\
                worker-%d","accountId":"123456789012","sessionContext":{"sessionIssuer":{"type":\
                "Role","userName":"service-%d"},"attributes":{"mfaAuthenticated":"false"}}},\
                "eventTime":"2026-01-02 03:04:05.000000","eventSource":"ec2.amazonaws.com",\
                "eventName":"%s","awsRegion":"eu-central-1","sourceIPAddress":"203.0.113.%d",\
                "userAgent":"aws-sdk-java/2.25.%d","requestParameters":{"maxResults":100,\
                "filterSet":{}},"responseElements":null,"requestID":"%s","eventID":"%s",\
                "readOnly":true,"eventType":"AwsApiCall","recipientAccountId":"123456789012",\
                "p_log_type":"AWS.CloudTrail","p_row_id":"%s","p_event_time":\
                "2026-01-02 03:04:05.000000"}"""
                        .formatted(
                                number % 50,
                                number % 7,
                                number % 50,
                                number % 7,
                                NAMES.get((int) (number % NAMES.size())),
                                number % 256,
                                number % 5,
                                row,
                                row,
                                row);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Event("AWS.CloudTrail", row, 1000, 2000, "", bytes);
    }

    private static final List<String> NAMES =
            List.of(
                    "DescribeInstances",
                    "DescribeVolumes",
                    "DescribeSubnets",
                    "DescribeTags",
                    "DescribeNetworkInterfaces");

    /** Events a second, slice by slice. */
    private static double[] measure(Path changed) throws IOException {
        double[] rates = new double[SLICES];
        long before = JUDGED.get();
        long time = System.nanoTime();
        for (int i = 0; i < SLICES; i++) {
            if (CHANGES.contains(i)) {
                Files.writeString(changed, Files.readString(changed) + "\n# Change " + i + "\n");
            }
            LockSupport.parkNanos(time + SLICE_MILLIS * 1_000_000L - System.nanoTime());
            long now = System.nanoTime();
            long judged = JUDGED.get();
            rates[i] = (judged - before) * 1e9 / (now - time);
            before = judged;
            time = now;
        }
        return rates;
    }

    private static void report(double[] rates) {
        double usual = median(rates, 0, CHANGES.get(0));
        System.out.printf(Locale.ROOT, "before: median %,.0f events/s%n", usual);
        for (int change : CHANGES) {
            int end = Math.min(SLICES, change + 150);
            int below = 0;
            for (int i = change; i < end; i++) {
                below += rates[i] < 0.8 * usual ? 1 : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "change at %.1f s: the lowest second has %.0f %% of the usual, the lowest two"
                            + " %.0f %%; %.1f s in slices below 80 %%%n",
                    change / 10.0,
                    100 * lowest(rates, change, end, 10) / usual,
                    100 * lowest(rates, change, end, 20) / usual,
                    below / 10.0);
        }
    }

    private static double lowest(double[] rates, int start, int end, int slices) {
        double lowest = Double.MAX_VALUE;
        for (int i = start; i + slices <= end; i++) {
            lowest = Math.min(lowest, mean(rates, i, i + slices));
        }
        return lowest;
    }

    private static double mean(double[] rates, int start, int end) {
        double sum = 0;
        for (int i = start; i < end; i++) {
            sum += rates[i];
        }
        return sum / (end - start);
    }

    private static double median(double[] rates, int start, int end) {
        List<Double> sorted = new ArrayList<>();
        for (int i = start; i < end; i++) {
            sorted.add(rates[i]);
        }
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String plot(double[] rates) {
        double top = 0;
        for (double rate : rates) {
            top = Math.max(top, rate);
        }
        var svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"240\"")
                .append(" font-family=\"sans-serif\" font-size=\"11\">\n")
                .append("<rect width=\"720\" height=\"240\" fill=\"white\"/>\n");
        for (int change : CHANGES) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"%1$d\" x2=\"%1$d\" y1=\"20\" y2=\"210\" stroke=\"orange\"/>"
                                    + "<text x=\"%2$d\" y=\"16\">rule changed</text>%n",
                            60 + change,
                            40 + change));
        }
        svg.append("<polyline fill=\"none\" stroke=\"steelblue\" points=\"");
        for (int i = 0; i < rates.length; i++) {
            svg.append(String.format(Locale.ROOT, "%d,%.1f ", 60 + i, 210 - 180 * rates[i] / top));
        }
        svg.append("\"/>\n");
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"4\" y=\"34\">%,.0f</text><text x=\"30\" y=\"214\">0</text>"
                                + "<text x=\"60\" y=\"230\">0 s</text>"
                                + "<text x=\"640\" y=\"230\">%d s</text>%n</svg>%n",
                        top,
                        rates.length / 10));
        return svg.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (relative.startsWith(".git") || relative.startsWith(".github")) {
                    continue;
                }
                Path target = to.resolve(relative.toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
