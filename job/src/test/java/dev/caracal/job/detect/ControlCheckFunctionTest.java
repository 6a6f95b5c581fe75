package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.job.health.WatchedSource;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlCheckFunctionTest {

    private static final String AUDIT =
            "schema: Acme.Audit\nfields:\n- {name: user, type: string}\n";
    private static final String SOURCE =
            """
            id: acme
            name: Acme
            accountId: "111122223333"
            bucket: acme-logs
            prefixLogTypes: [{logTypes: [Acme.Audit]}]
            """;

    private static final String RULE =
            """
            AnalysisType: rule
            RuleID: Door
            Filename: door.py
            LogTypes: [Acme.Audit]
            Severity: Low
            """;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir private Path control;

    private OneInputStreamOperatorTestHarness<ControlSnapshot, RuleSetChange> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    private OneInputStreamOperatorTestHarness<ControlSnapshot, RuleSetChange> harness()
            throws Exception {
        OneInputStreamOperatorTestHarness<ControlSnapshot, RuleSetChange> harness =
                new KeyedOneInputStreamOperatorTestHarness<String, ControlSnapshot, RuleSetChange>(
                        new KeyedProcessOperator<>(
                                new ControlCheckFunction(location(), false, Duration.ofSeconds(1))),
                        snapshot -> "all files",
                        Types.STRING);
        harness.setup(
                TypeInformation.of(RuleSetChange.class)
                        .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        return harness;
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void withoutAnEngineNothingIsCheckedUntilThereIsOne() throws Exception {
        write("rules/door.yml", RULE);
        write("rules/door.py", "def rule(event):\n    return True\n");
        try (var broken = new BrokenPython(control.resolveSibling("file"))) {
            harness.processElement(location().read(), 0);
            passUntil(() -> !deadLetters().isEmpty());

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(deadLetters())
                    .extracting(DeadLetter::stage, DeadLetter::reason)
                    .containsExactly(tuple("control", "engine-failed"));
            passUntil(() -> harness.getProcessingTime() > 65_000);
            assertThat(deadLetters()).hasSize(1);
        }
        passUntil(() -> harness.numProcessingTimeTimers() == 0);

        assertThat(harness.extractOutputValues())
                .singleElement()
                .satisfies(set -> assertThat(set.rules()).hasSize(1));
    }

    @Test
    void aCheckpointDoesNotWaitForARuleThatIsChecked() throws Exception {
        write("rules/door.yml", RULE);
        write(
                "rules/door.py",
                "import time\nbegun = time.time()\nwhile time.time() < begun + 2:\n    pass\n"
                        + "def rule(event):\n    return True\n");
        harness.processElement(location().read(), 0);

        restart();
        assertThat(harness.extractOutputValues()).isEmpty();
        process();

        assertThat(harness.extractOutputValues())
                .singleElement()
                .satisfies(set -> assertThat(set.rules()).hasSize(1));
    }

    @Test
    void ofTwoChangesWhileRulesAreCheckedTheLastIsInForce() throws Exception {
        write("rules/door.yml", RULE);
        write("rules/door.py", "def rule(event):\n    return True\n");
        harness.processElement(location().read(), 0);
        write("rules/door.py", "def rule(event):\n    return False\n");
        harness.processElement(location().read(), 0);
        write("rules/door.py", "def rule(event):\n    return event.get('open')\n");
        process();

        assertThat(harness.extractOutputValues())
                .extracting(set -> set.rules().get(0).python())
                .containsExactly(
                        "def rule(event):\n    return True\n",
                        "def rule(event):\n    return event.get('open')\n");
    }

    @Test
    void afterTheFirstSetOnlyWhatChangedIsHandedOn() throws Exception {
        write("rules/door.yml", RULE);
        write("rules/door.py", "def rule(event):\n    return True\n");
        write("rules/gate.yml", RULE.replace("Door", "Gate"));
        process();
        write("rules/window.yml", RULE.replace("Door", "Window"));
        Files.delete(control.resolve("rules/gate.yml"));
        process();
        assertThat(harness.extractOutputValues())
                .extracting(RuleSetChange::whole, paths(), RuleSetChange::removedPaths)
                .containsExactly(
                        tuple(true, List.of("rules/door.yml", "rules/gate.yml"), List.of()),
                        tuple(false, List.of("rules/window.yml"), List.of("rules/gate.yml")));

        restart();
        process();

        assertThat(harness.extractOutputValues())
                .extracting(RuleSetChange::whole, paths(), RuleSetChange::removedPaths)
                .containsExactly(
                        tuple(true, List.of("rules/door.yml", "rules/window.yml"), List.of()));
    }

    private static Function<RuleSetChange, List<String>> paths() {
        return change -> change.rules().stream().map(RuleSource::path).toList();
    }

    @Test
    void aSchemaAndTheLogSourceThatNamesItMayComeTogether() throws Exception {
        write("sources/acme.yml", SOURCE);
        write("schemas/acme/audit.yml", AUDIT);
        process();

        assertThat(deadLetters()).isEmpty();
        assertThat(schemaSets())
                .containsExactly(
                        new SchemaSet(List.of(new SchemaSource("schemas/acme/audit.yml", AUDIT))));
    }

    @Test
    void aLogSourceWaitsForTheSchemaThatItNames() throws Exception {
        write("sources/acme.yml", SOURCE);
        process();
        write("schemas/audit.yml", AUDIT);
        process();
        Files.delete(control.resolve("schemas/audit.yml"));
        process();

        String problem =
                "sources/acme.yml:5: there is no log type \"Acme.Audit\", built in or by a schema"
                        + " in schemas/";
        // Refused, accepted untouched, and refused again.
        assertThat(deadLetters())
                .extracting(DeadLetter::reason, DeadLetter::detail)
                .containsExactly(
                        tuple("log-source-refused", problem), tuple("log-source-refused", problem));
        assertThat(schemaSets()).extracting(set -> set.schemas().size()).containsExactly(0, 1, 0);
    }

    @Test
    void aRefusedSchemaChangesNothingAndIsReportedOnce() throws Exception {
        write("schemas/audit.yml", AUDIT);
        process();
        write("schemas/audit.yml", AUDIT.replace("string", "text"));
        process();
        write("rules/README.md", "Something else has changed.");
        process();
        assertThat(deadLetters()).hasSize(1);
        assertThat(schemaSets()).hasSize(1);
        restart();
        process();

        assertThat(schemaSets())
                .containsExactly(
                        new SchemaSet(List.of(new SchemaSource("schemas/audit.yml", AUDIT))));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aRefusedSchemaIsADeadLetterWithFileLineAndReason() throws Exception {
        write("schemas/audit.yml", AUDIT.replace("string", "text"));
        process();
        process();

        assertThat(deadLetters()).hasSize(1);
        DeadLetter letter = deadLetters().get(0);
        assertThat(letter.stage()).isEqualTo("control");
        assertThat(letter.reason()).isEqualTo("schema-refused");
        assertThat(letter.object()).isEqualTo("schemas/audit.yml");
        assertThat(letter.detail()).startsWith("schemas/audit.yml, line 3: ").contains("text");
    }

    @Test
    void aLookupTableReadsNoFileOutsideTheControlLocation() throws Exception {
        write(
                "lookup_tables/hosts.yml",
                "AnalysisType: lookup_table\nLookupName: hosts\nFilename: ../../outside.csv\n"
                        + "LogTypeMap: {PrimaryKey: ip}\n");
        process();

        assertThat(deadLetters())
                .extracting(DeadLetter::detail)
                .containsExactly(
                        "lookup_tables/hosts.yml: Filename: there is no file"
                                + " lookup_tables/../../outside.csv in a folder lookup_tables");
    }

    @Test
    void aRefusedLookupTableLeavesTheVersionBeforeInForce() throws Exception {
        write(
                "lookup_tables/hosts.yml",
                "AnalysisType: lookup_table\nLookupName: hosts\nFilename: hosts.csv\n"
                        + "LogTypeMap: {PrimaryKey: ip}\n");
        process();
        write("lookup_tables/hosts.csv", "ip\n10.0.0.1\n");
        process();
        write("lookup_tables/hosts.csv", "host\n10.0.0.1\n");
        process();

        assertThat(deadLetters())
                .extracting(DeadLetter::reason, DeadLetter::detail)
                .containsExactly(
                        tuple(
                                "lookup-table-refused",
                                "lookup_tables/hosts.yml: Filename: there is no file"
                                        + " lookup_tables/hosts.csv in a folder lookup_tables"),
                        tuple(
                                "lookup-table-refused",
                                "lookup_tables/hosts.yml: lookup_tables/hosts.csv,"
                                        + " after 1 rows: no row has the"
                                        + " primary key ip"));
        assertThat(harness.extractOutputValues())
                .extracting(set -> set.lookupTables().size())
                .containsExactly(0, 1);
    }

    @Test
    void aLogSourceIsWatchedAsLongAsItsFileIsThere() throws Exception {
        write("schemas/audit.yml", AUDIT);
        write("sources/acme.yml", SOURCE + "dropOffMinutes: 60\n");
        process();
        process();
        write("sources/acme.yml", SOURCE + "dropOffMinutes: 90\n");
        process();
        assertThat(watchedSources())
                .extracting(WatchedSource::sourceId, WatchedSource::dropOffMinutes)
                .containsExactly(tuple("acme", 60), tuple("acme", 90));
        restart();
        process();
        assertThat(watchedSources()).isEmpty();

        Files.delete(control.resolve("sources/acme.yml"));
        process();

        assertThat(watchedSources())
                .extracting(WatchedSource::sourceId, WatchedSource::exists)
                .containsExactly(tuple("acme", false));
    }

    private List<WatchedSource> watchedSources() {
        return side(ControlCheckFunction.WATCHED_SOURCES);
    }

    private void write(String path, String text) throws IOException {
        Path file = control.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void process() throws Exception {
        harness.processElement(location().read(), 0);
        passUntil(() -> harness.numProcessingTimeTimers() == 0);
    }

    /** Lets time pass, here some faster than elsewhere. */
    private void passUntil(BooleanSupplier isReached) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(LIMIT)
                .until(
                        () -> {
                            harness.setProcessingTime(harness.getProcessingTime() + 100);
                            return isReached.getAsBoolean();
                        });
    }

    private ControlLocation location() {
        return new ControlLocation(control.toString(), new AwsSettings("us-east-1", Map.of()));
    }

    private void restart() throws Exception {
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
    }

    private List<DeadLetter> deadLetters() {
        return side(ControlCheckFunction.DEAD_LETTERS);
    }

    private List<SchemaSet> schemaSets() {
        return side(ControlCheckFunction.SCHEMAS);
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> output = harness.getSideOutput(tag);
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }
}
