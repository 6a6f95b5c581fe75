package dev.caracal.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.connectors.lake.LakeScan;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.job.alert.AlertFunction;
import dev.caracal.job.alert.AlertOptions;
import dev.caracal.job.alert.EventClock;
import dev.caracal.job.detect.DetectFunction;
import dev.caracal.job.detect.RuleCacheSettings;
import dev.caracal.job.detect.RuleSet;
import dev.caracal.job.detect.RuleSetChange;
import dev.caracal.job.lake.EventTables;
import dev.caracal.job.lake.Lake;
import dev.caracal.job.lake.LakeReadFunction;
import dev.caracal.job.lake.TextColumns;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import dev.caracal.rules.Alert;
import dev.caracal.rules.AlertGrouping;
import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events go through the stream into the lake, and from there through a replay. */
class ReplayITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AwsSettings AWS = new AwsSettings("us-east-1", Map.of());
    private static final Instant FIRST_DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final long MINUTE = 60_000;

    private static final String DOOR =
            """
            schema: Acme.Door
            fields:
              - {name: at, type: timestamp, timeFormats: [rfc3339], isEventTime: true}
              - {name: badge, type: json}
              - name: doors
                type: array
                element:
                  type: object
                  fields:
                    - {name: id, type: bigint}
            """;

    /** Sees what only comes back if JSON, lists of objects, times and unlisted members do. */
    private static final RuleSource DOOR_RULE =
            new RuleSource(
                    "rules/door.yml",
                    """
                    AnalysisType: rule
                    RuleID: Acme.Door.Held
                    Filename: door.py
                    LogTypes: [Acme.Door]
                    Severity: Low
                    Threshold: 3
                    DedupPeriodMinutes: 240
                    """,
                    """
                    def rule(event):
                        if event.get("fail"):
                            raise ValueError("door " + str(event["doors"][0]["id"]))
                        return (
                            event.deep_get("badge", "levels")[1] == None
                            and event["doors"][0]["id"] == 1
                            and event["doors"][1]["colour"] == "red"
                            and event["at"].endswith("456000")
                        )

                    def dedup(event):
                        return event.deep_get("badge", "owner")

                    def alert_context(event):
                        return {"badge": event["badge"], "doors": event["doors"]}
                    """);

    @TempDir private Path folder;

    private Configuration options;
    private LakeSettings lake;
    private LogType door;

    @BeforeEach
    void setUp() throws Exception {
        options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.resolve("lake").toString());
        options.set(AlertOptions.CLOCK, AlertClock.EVENT_TIME);
        options.set(AlertOptions.ALLOWED_LATENESS, Duration.ofDays(30));
        lake = LakeSettings.from(options).orElseThrow();
        door = new SchemaSource("schemas/door.yml", DOOR).read();
        Path control = Files.createDirectories(folder.resolve("control").resolve("schemas"));
        Files.writeString(control.resolve("door.yml"), DOOR);
    }

    private ControlLocation control() {
        return new ControlLocation(folder.resolve("control").toString(), AWS);
    }

    private static List<RuleSource> rules() {
        List<RuleSource> rules = new ArrayList<>(BuiltinRules.sources());
        rules.add(DOOR_RULE);
        return rules;
    }

    private RuleCacheSettings cache(String name) {
        return new RuleCacheSettings(
                folder.resolve(name).toString(), "", Duration.ofSeconds(1), AWS);
    }

    private List<Event> events() {
        LogType trail = LogTypes.builtin().find("AWS.CloudTrail").orElseThrow();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Instant time = FIRST_DAY.plusMillis(i * 17 * MINUTE);
            events.add(parse(trail, i, trailRecord(i, time)));
            events.add(parse(door, i, doorRecord(i, time)));
        }
        Collections.shuffle(events, new Random(1));
        return events;
    }

    private static Event parse(LogType logType, int index, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        Classification classification =
                new Classifier(List.of(logType))
                        .classify(
                                bytes,
                                0,
                                bytes.length,
                                new RecordContext(
                                        "test",
                                        "Test",
                                        logType.name(),
                                        index,
                                        new byte[0],
                                        FIRST_DAY.plus(Duration.ofDays(4)).toEpochMilli()));
        assertThat(classification).isInstanceOf(Classification.Accepted.class);
        return ((Classification.Accepted) classification).events().get(0);
    }

    private static String trailRecord(int i, Instant time) {
        String name = List.of("StopLogging", "DescribeInstances", "CreateUser").get(i % 3);
        return """
            {"eventVersion":"1.09","userIdentity":{"type":"%s","accountId":"11112222333%d",
            "arn":"arn:aws:iam::111122223333:root"},"eventTime":"%s","eventSource":"%s.amazonaws.com",
            "eventName":"%s","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.%d",
            "requestParameters":{"name":"main-trail","n":[1,{"x":null}]},"eventID":"id-%d",
            "readOnly":false,"eventType":"AwsApiCall","recipientAccountId":"111122223333"}
            """
                .formatted(
                        i % 4 == 0 ? "Root" : "IAMUser",
                        i % 2,
                        time,
                        i % 3 == 0 ? "cloudtrail" : "ec2",
                        name,
                        i % 250,
                        i)
                .replace("\n", "");
    }

    private static String doorRecord(int i, Instant time) {
        return """
            {"at":"%s.123456Z","badge":{"owner":"p%d","levels":[1,null]},
            "doors":[{"id":%d},{"id":2,"colour":"red"}]%s}
            """
                .formatted(
                        time.toString().replace("Z", ""),
                        i % 3,
                        i % 2,
                        i % 50 == 7 ? ",\"fail\":1" : "")
                .replace("\n", "");
    }

    /** The last record of each alert, by id. */
    private static Map<String, JsonNode> byId(List<JsonNode> records) {
        Map<String, JsonNode> alerts = new TreeMap<>();
        for (JsonNode record : records) {
            alerts.merge(
                    record.path("alertId").asText(),
                    record,
                    (one, other) ->
                            one.path("updateTime")
                                                    .asText()
                                                    .compareTo(other.path("updateTime").asText())
                                            > 0
                                    ? one
                                    : other);
        }
        return alerts;
    }

    /** What the job makes of the events, which it writes into the lake. */
    private Map<String, JsonNode> stream() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "500 ms");
        configuration.setString("pipeline.object-reuse", "true");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        var ruleSets =
                env.fromData(
                                List.of(RuleSetChange.to(new RuleSet(rules(), List.of()))),
                                TypeInformation.of(RuleSetChange.class))
                        .uid("rules");
        var parsed =
                env.fromData(events(), TypeInformation.of(Event.class))
                        .filter(event -> true)
                        .uid("events");
        Path rules = Files.createDirectories(folder.resolve("control").resolve("rules"));
        Files.writeString(rules.resolve("door.yml"), DOOR_RULE.yaml());
        Files.writeString(rules.resolve("door.py"), DOOR_RULE.python());
        var judged =
                EventClock.of(parsed, options)
                        .connect(
                                EventClock.timeless(ruleSets.filter(set -> true), options)
                                        .broadcast(
                                                DetectFunction.RULES, DetectFunction.LOOKUP_TABLES))
                        .process(
                                new DetectFunction(
                                        control(), true, Duration.ofSeconds(5), cache("stream")))
                        .returns(TypeInformation.of(Match.class))
                        .uid("detect");
        var alerts =
                judged.keyBy(AlertGrouping::key)
                        .process(
                                new AlertFunction(
                                        Alert.Type.RULE,
                                        AlertClock.EVENT_TIME,
                                        options.get(AlertOptions.UPDATE_INTERVAL)))
                        .uid("alerts");
        Lake.from(options)
                .orElseThrow()
                .addEvents(
                        judged.getSideOutput(DetectFunction.EVENTS),
                        env.fromData(
                                List.of(new SchemaSet(List.of(new SchemaSource("door.yml", DOOR)))),
                                TypeInformation.of(SchemaSet.class)),
                        control());
        List<JsonNode> records = new ArrayList<>();
        try (CloseableIterator<Alert> made =
                alerts.union(alerts.getSideOutput(AlertFunction.RULE_ERRORS)).executeAndCollect()) {
            while (made.hasNext()) {
                records.add(JSON.readTree(made.next().toJson()));
            }
        }
        return byId(records);
    }

    private List<Finding> replay(Instant from, Instant to, boolean matches) throws Exception {
        List<LakeScan> scans = new ArrayList<>();
        try (LakeReader reader = new LakeReader(lake)) {
            for (String table : List.of("aws_cloudtrail", "acme_door")) {
                scans.addAll(reader.scans(table, Optional.of(from), Optional.of(to)));
            }
        }
        Map<String, TextColumns> texts =
                Map.of(
                        "aws_cloudtrail",
                        EventTables.texts(LogTypes.builtin().find("AWS.CloudTrail").orElseThrow()),
                        "acme_door",
                        EventTables.texts(door));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, Replay.configuration());
        List<Finding> findings = new ArrayList<>();
        try (CloseableIterator<Finding> found =
                new Replay(
                                new LakeReadFunction(lake, texts, from, to),
                                rules(),
                                cache("replay"),
                                control(),
                                matches)
                        .define(env, scans, new Configuration())
                        .executeAndCollect()) {
            found.forEachRemaining(findings::add);
        }
        return findings;
    }

    private static List<JsonNode> json(List<Finding> findings, Finding.Kind kind) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.kind() == kind) {
                records.add(JSON.readTree(finding.json()));
            }
        }
        return records;
    }

    @Test
    void aReplayGivesTheAlertsOfTheStream() throws Exception {
        Map<String, JsonNode> streamed = stream();

        List<Finding> findings = replay(Instant.EPOCH, FIRST_DAY.plus(Duration.ofDays(9)), false);

        assertThat(byId(json(findings, Finding.Kind.ALERT))).isEqualTo(streamed);
        assertThat(streamed.values())
                .extracting(
                        alert -> alert.path("ruleId").asText() + ' ' + alert.path("type").asText())
                .contains(
                        "Acme.Door.Held RULE",
                        "Acme.Door.Held RULE_ERROR",
                        "AWS.CloudTrail.TrailStopped RULE",
                        "AWS.CloudTrail.RootActivity RULE");

        // Of one day only, match by match.
        Instant to = FIRST_DAY.plus(Duration.ofDays(1));
        List<JsonNode> matches = json(replay(FIRST_DAY, to, true), Finding.Kind.MATCH);
        assertThat(matches)
                .isNotEmpty()
                .allSatisfy(
                        match ->
                                assertThat(match.path("p_event_time").asText())
                                        .startsWith("2026-11-20 "));
    }
}
