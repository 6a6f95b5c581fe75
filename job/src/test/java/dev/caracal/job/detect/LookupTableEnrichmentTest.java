package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.job.lookup.LookupTableCheck;
import dev.caracal.job.lookup.LookupTableSource;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTableEnrichmentTest {

    private static final String TABLE =
            """
            AnalysisType: lookup_table
            LookupName: nets
            Filename: nets.csv
            LogTypeMap:
              PrimaryKey: net
              AssociatedLogTypes: [{LogType: Door.Log, Selectors: [ip]}]
            """;
    private static final RuleSource RULE =
            new RuleSource(
                    "rules/door.yml",
                    "AnalysisType: rule\nRuleID: Door.Who\nFilename: door.py\nLogTypes: [Door.Log]\n"
                            + "Severity: Low\n",
                    """
                    def rule(event):
                        return "p_enrichment" in event
                    def title(event):
                        found = event.deep_get("p_enrichment", "nets", "ip", "who")
                        return found + " " + event.lookup("nets", "10.0.0.1")["who"]
                    """);

    @TempDir private Path control;

    private final List<BroadcastOperatorTestHarness<Event, RuleSetChange, Match>> harnesses =
            new ArrayList<>();
    private LookupTableCheck check;

    @BeforeEach
    void write() throws IOException {
        check = new LookupTableCheck(location(), System::currentTimeMillis);
        write("lookup_tables/nets.yml", TABLE);
        write("lookup_tables/nets.csv", "net,who\n10.0.0.0/8,ann\n");
    }

    @AfterEach
    void close() throws Exception {
        for (var harness : harnesses) {
            harness.close();
        }
    }

    private ControlLocation location() {
        return new ControlLocation(control.toString(), new AwsSettings("us-east-1", Map.of()));
    }

    private BroadcastOperatorTestHarness<Event, RuleSetChange, Match> open(
            OperatorSubtaskState state) throws Exception {
        var harness =
                new BroadcastOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                new DetectFunction(
                                        location(),
                                        false,
                                        Duration.ofSeconds(1),
                                        new RuleCacheSettings(
                                                control.resolve("../cache").normalize().toString(),
                                                "",
                                                Duration.ofSeconds(1),
                                                new AwsSettings("us-east-1", Map.of()))),
                                List.of(DetectFunction.RULES, DetectFunction.LOOKUP_TABLES)),
                        1,
                        1,
                        0);
        harnesses.add(harness);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    @Test
    void rulesAndWhatIsStoredSeeTheRowOfATable() throws Exception {
        var harness = open(null);
        broadcast(harness, accepted());

        String stored = process(harness);

        assertThat(stored)
                .isEqualTo(
                        "{\"ip\":\"10.1.2.3\",\"p_enrichment\":{\"nets\":{\"ip\":"
                                + "{\"net\":\"10.0.0.0/8\",\"who\":\"ann\",\"p_match\":\"10.1.2.3\"}}}}");
        assertThat(harness.extractOutputValues())
                .extracting(Match::title)
                .containsExactly("ann ann");
    }

    @Test
    void aTaskThatStartsAfreshReadsTheTablesBeforeItsFirstEvent() throws Exception {
        assertThat(process(open(null))).contains("ann");
    }

    @Test
    void aTableChangesWhileTheJobRuns() throws Exception {
        var harness = open(null);
        broadcast(harness, accepted());
        assertThat(process(harness)).contains("ann");
        write("lookup_tables/nets.csv", "net,who\n10.0.0.0/8,bobby\n");
        broadcast(harness, accepted());

        await().untilAsserted(() -> assertThat(process(harness)).contains("bobby"));

        Files.delete(control.resolve("lookup_tables/nets.yml"));
        broadcast(harness, accepted());
        assertThat(process(harness)).isEqualTo("{\"ip\":\"10.1.2.3\"}");
    }

    @Test
    void twoTasksShareOneCopy() throws Exception {
        List<LookupTableSource> tables = accepted();
        var first = open(null);
        broadcast(first, tables);
        Files.delete(control.resolve("lookup_tables/nets.csv"));
        var second = open(null);
        broadcast(second, tables);

        assertThat(process(first)).contains("ann");
        assertThat(process(second)).contains("ann");
        assertThat(letters(second)).isEmpty();
    }

    @Test
    void dataThatCannotBeLoadedLeavesTheVersionBeforeAndIsADeadLetter() throws Exception {
        var harness = open(null);
        broadcast(harness, accepted());
        process(harness);
        write("lookup_tables/nets.csv", "net,who\n10.0.0.0/8\n");
        LookupTableSource before = accepted().get(0);
        broadcast(
                harness,
                List.of(
                        new LookupTableSource(
                                before.path(),
                                before.yaml(),
                                "another",
                                before.keyType(),
                                List.of(),
                                List.of())));

        await().untilAsserted(
                        () -> {
                            assertThat(process(harness)).contains("ann");
                            assertThat(letters(harness))
                                    .extracting(DeadLetter::reason, DeadLetter::detail)
                                    .containsExactly(
                                            tuple(
                                                    "lookup-table-failed",
                                                    "lookup_tables/nets.csv,"
                                                            + " after 0 rows: there are 1 fields,"
                                                            + " expected 2"));
                        });
    }

    @Test
    void aRestoredTaskHasTheTablesOfItsState() throws Exception {
        var harness = open(null);
        broadcast(harness, accepted());
        OperatorSubtaskState state = harness.snapshot(1, 1);
        Files.delete(control.resolve("lookup_tables/nets.yml"));

        assertThat(process(open(state))).contains("ann");
    }

    private List<LookupTableSource> accepted() throws IOException {
        return check.check(location().read(), new SchemaSet(List.of())).tables();
    }

    private static void broadcast(
            BroadcastOperatorTestHarness<Event, RuleSetChange, Match> harness,
            List<LookupTableSource> tables)
            throws Exception {
        harness.processBroadcastElement(RuleSetChange.to(new RuleSet(List.of(RULE), tables)), 0);
    }

    /** Gives the event as it is stored. */
    private static String process(BroadcastOperatorTestHarness<Event, RuleSetChange, Match> harness)
            throws Exception {
        byte[] json = "{\"ip\":\"10.1.2.3\"}".getBytes(StandardCharsets.UTF_8);
        harness.processElement(new Event("Door.Log", "row", 1, 2, "s", json), 0);
        List<Event> stored = side(harness, DetectFunction.EVENTS);
        return new String(stored.get(stored.size() - 1).json(), StandardCharsets.UTF_8);
    }

    private static List<DeadLetter> letters(
            BroadcastOperatorTestHarness<Event, RuleSetChange, Match> harness) {
        return side(harness, DetectFunction.DEAD_LETTERS);
    }

    private static <T> List<T> side(
            BroadcastOperatorTestHarness<Event, RuleSetChange, Match> harness, OutputTag<T> tag) {
        Queue<StreamRecord<T>> output = harness.getSideOutput(tag);
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = control.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
