package dev.caracal.cli.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.stream.LogStream;
import dev.caracal.parsers.stream.LogStreams;
import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleLogsTest {

    static List<Sample.Stored> wholeObjects() {
        return SampleLogs.all().stream()
                .filter(Sample.Stored.class::isInstance)
                .map(Sample.Stored.class::cast)
                .filter(object -> !logType(object.key()).isEmpty())
                .filter(object -> object.account() != SampleAccount.SEALED)
                .filter(object -> !object.key().contains("truncated"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wholeObjects")
    void anObjectHoldsWhatIsExpectedOfIt(Sample.Stored object) throws Exception {
        List<Event> events = new ArrayList<>();

        long rejected = parse(object, events);

        long expectedEvents = sum(object.expected().events());
        assertThat(events)
                .hasSize((int) expectedEvents)
                .allMatch(event -> event.logType().equals(logType(object.key())));
        assertThat(rejected).isEqualTo(sum(object.expected().deadLetters()));
    }

    @Test
    void theBuiltInRulesRaiseTheAlertsThatAreExpected() throws Exception {
        Map<String, Integer> matches = new HashMap<>();
        Map<String, Integer> thresholds = new HashMap<>();
        try (RuleEngine engine = new RuleEngine()) {
            for (RuleSource rule : BuiltinRules.sources()) {
                engine.put(rule);
            }
            for (Sample.Stored object : wholeObjects()) {
                List<Event> events = new ArrayList<>();
                parse(object, events);
                for (Event event : events) {
                    for (Match match : engine.evaluate(event)) {
                        assertThat(match.error()).as(match.title()).isFalse();
                        matches.merge(match.ruleId() + '\n' + match.dedup(), 1, Integer::sum);
                        thresholds.put(match.ruleId(), match.threshold());
                    }
                }
            }
        }
        Map<String, Long> alerts = new TreeMap<>();
        matches.forEach(
                (key, count) -> {
                    String ruleId = key.substring(0, key.indexOf('\n'));
                    if (count >= thresholds.get(ruleId)) {
                        alerts.merge(ruleId, 1L, Long::sum);
                    }
                });

        Map<String, Long> expected = new TreeMap<>(SampleLogs.expected(SampleLogs.all()).alerts());
        expected.remove("Demo.WatchedPerson");
        assertThat(alerts).isEqualTo(expected).hasSize(10);
    }

    @Test
    void theSetIsTheSameOnEveryRun() {
        List<Sample> one = SampleLogs.all();
        List<Sample> other = SampleLogs.all();

        assertThat(one).usingRecursiveFieldByFieldElementComparator().isEqualTo(other);
    }

    @Test
    void theSetHasSeveralLogTypesAndThousandsOfRecords() {
        Tally expected = SampleLogs.expected(SampleLogs.all());

        assertThat(expected.events()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(LogTypes.builtin().names()).containsAll(expected.events().keySet());
        assertThat(sum(expected.events())).isBetween(2_000L, 20_000L);
        assertThat(expected.deadLetters()).hasSizeGreaterThan(5);
    }

    private static long parse(Sample.Stored object, List<Event> events) throws IOException {
        Classifier classifier =
                new Classifier(
                        List.of(LogTypes.builtin().find(logType(object.key())).orElseThrow()));
        LogStream stream =
                LogStreams.open("auto", content(object.content()), object.key(), 1 << 20);
        byte[] header = {};
        long rejected = 0;
        for (long index = 0; stream.next(); index++) {
            byte[] record =
                    Arrays.copyOfRange(
                            stream.buffer(), stream.offset(), stream.offset() + stream.length());
            header = index == 0 ? record : header;
            Classification classification =
                    classifier.classify(
                            record,
                            0,
                            record.length,
                            new RecordContext("", "", object.key(), index, header, 0));
            if (classification instanceof Classification.Accepted accepted) {
                events.addAll(accepted.events());
            } else {
                rejected++;
            }
        }
        return rejected;
    }

    private static InputStream content(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        if (bytes[0] == 0x1f) {
            return new GZIPInputStream(in);
        }
        return bytes[0] == 0x28 ? new ZstdInputStream(in) : in;
    }

    /** As the demo's log sources say; empty where they say nothing. */
    private static String logType(String key) {
        if (key.endsWith("/")) {
            return "";
        }
        return Map.of(
                        "CloudTrail/", "AWS.CloudTrail",
                        "vpcflowlogs/", "AWS.VPCFlow",
                        "elasticloadbalancing/", "AWS.ALB",
                        "access/", "AWS.S3ServerAccess",
                        "okta/", "Okta.SystemLog")
                .entrySet()
                .stream()
                .filter(entry -> key.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
