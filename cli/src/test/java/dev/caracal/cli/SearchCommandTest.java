package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchCommandTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'+00'");

    @TempDir private static Path folder;

    private static LakeSettings settings;

    @BeforeAll
    static void fillTheLake() throws Exception {
        settings = SearchedLake.fill(folder);
    }

    private static Outcome search(String... arguments) {
        return SearchedLake.search(folder, arguments);
    }

    @ParameterizedTest
    @CsvSource({"aws_cloudtrail,eventName", "okta_systemlog,uuid", "acme_audit,count"})
    void duckDbReadsWhatIcebergsOwnReaderReads(String table, String column) throws IOException {
        Outcome outcome =
                search(
                        "SELECT p_row_id || ' ' || coalesce("
                                + column
                                + "::VARCHAR, 'null') AS v FROM "
                                + table,
                        "--output",
                        "csv");

        List<String> expected = new ArrayList<>();
        LakeCatalog lake = new LakeCatalog(settings);
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(lake.loadCatalog().loadTable(lake.table(table))).build()) {
            for (Record row : rows) {
                expected.add(row.getField("p_row_id") + " " + row.getField(column));
            }
        }
        assertThat(outcome.outLines().stream().skip(1))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aQueryWithConditionsIsAnsweredAsByIcebergsOwnReader() throws IOException {
        Outcome outcome =
                search(
                        "SELECT eventName, count(*) AS n, min(p_event_time)::VARCHAR AS first FROM"
                                + " aws_cloudtrail WHERE eventName <> 'Event1' AND p_event_time >="
                                + " '2026-11-08' GROUP BY ALL",
                        "--output",
                        "csv");

        Map<String, List<OffsetDateTime>> times = new TreeMap<>();
        LakeCatalog lake = new LakeCatalog(settings);
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(lake.loadCatalog().loadTable(lake.table("aws_cloudtrail")))
                        .where(
                                Expressions.and(
                                        Expressions.notEqual("eventName", "Event1"),
                                        Expressions.greaterThanOrEqual(
                                                "p_event_time", "2026-11-08T00:00:00+00:00")))
                        .build()) {
            for (Record row : rows) {
                times.computeIfAbsent(
                                row.getField("eventName").toString(), name -> new ArrayList<>())
                        .add((OffsetDateTime) row.getField("p_event_time"));
            }
        }
        assertThat(times).hasSize(2);
        assertThat(outcome.outLines().stream().skip(1))
                .containsExactlyInAnyOrderElementsOf(
                        times.entrySet().stream()
                                .map(
                                        found ->
                                                found.getKey()
                                                        + ','
                                                        + found.getValue().size()
                                                        + ','
                                                        + Collections.min(found.getValue())
                                                                .format(TIME))
                                .toList());
    }

    @Test
    void columnsThatOlderFilesLackAreNullThere() {
        Outcome outcome =
                search(
                        "SELECT user, \"source-host\", actor.id, actor.age, count FROM acme_audit"
                                + " ORDER BY user",
                        "--output",
                        "jsonl");

        assertThat(outcome.outLines())
                .containsExactly(
                        "{\"user\":\"bob\",\"source-host\":\"h\",\"id\":\"x\",\"age\":null,\"count\":null}",
                        "{\"user\":\"cyd\",\"source-host\":null,\"id\":\"y\",\"age\":5,\"count\":3}");
    }

    @Test
    void rowsAreAlignedForPeople() {
        Outcome outcome =
                search(
                        "SELECT eventName, count(*) AS n FROM aws_cloudtrail GROUP BY ALL ORDER BY 1");

        assertThat(outcome.outLines())
                .containsExactly("eventName  n", "Event0     7", "Event1     7", "Event2     6");
        assertThat(outcome.err()).contains("3 rows; 20 files").contains("in 1 tables");
    }

    @Test
    void anIndicatorIsFoundInAllLogTypes() {
        Outcome outcome = search("--indicator", "192.0.2.7", "--output", "csv");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines()).hasSize(22);
        assertThat(outcome.out()).contains("AWS.CloudTrail-7").contains("p_any_ip_addresses");
        // Of the 20 files of CloudTrail, 19 cannot hold it.
        assertThat(outcome.err()).contains("21 rows; 21 files");
    }

    @Test
    void timeAndLogTypeNarrowASearch() {
        Outcome outcome =
                search(
                        "--indicator",
                        "ann",
                        "--log-type",
                        "Okta.SystemLog",
                        "--from",
                        "2026-11-03",
                        "--to",
                        "2026-11-05T05:06:07Z");

        assertThat(outcome.outLines()).hasSize(3);
        assertThat(outcome.err()).contains("2 rows; 2 files");
    }

    @Test
    void aTimeInWhichThereIsNothingIsNamed() {
        Outcome outcome = search("--indicator", "ann", "--to", "2020-01-01");

        assertThat(outcome.err())
                .contains("0 rows;", "Only events before 2020-01-01T00:00:00Z were looked at");
    }

    @Test
    void allLogsHasTheCoreFieldsOfAllLogTypes() {
        Outcome outcome =
                search(
                        "SELECT p_log_type, count(*) FROM all_logs GROUP BY ALL ORDER BY 1",
                        "--limit",
                        "2",
                        "--output",
                        "csv");

        assertThat(outcome.outLines().stream().skip(1))
                .containsExactly("AWS.CloudTrail,20", "Acme.Audit,2");
    }

    @Test
    void rowsGoToAFile(@TempDir Path out) {
        Path file = out.resolve("rows.parquet");
        Outcome outcome =
                search(
                        "SELECT * FROM aws_cloudtrail",
                        "--output",
                        "parquet",
                        "--file",
                        file.toString());

        assertThat(outcome.err()).contains("20 rows");
        assertThat(Files.exists(file)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT eventNme FROM aws_cloudtrail | no column eventNme in aws_cloudtrail; did you"
                        + " mean eventName?",
                "SELECT 1 FROM aws_cloudtrial | no table aws_cloudtrial; did you mean"
                        + " aws_cloudtrail?",
                "SELECT actor.ide FROM acme_audit | no member ide; did you mean id?",
                "SELEC 1 | LINE 1: SELEC 1",
            })
    void errorsSayWhatWasMeant(String sql, String message) {
        Outcome outcome = search(sql);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--last yesterday --indicator x | --last is yesterday, expected",
                "--last 7d --from 2026-01-01 --indicator x | --last excludes",
                "--from 2026-02-01 --to 2026-01-01 --indicator x | is not before",
                "--from soon --indicator x | expected a time in UTC",
                "--output parquet --indicator x | needs --file",
                "--log-type Acme.Nothing --indicator x | there are no events of acme_nothing",
                "--log-type Acme.Audit SELECT | --log-type goes with --indicator",
                "--limit 3 | expected either SQL or --indicator",
                "--query x | --query ID and --rules PATH need each other",
            })
    void optionsThatDoNotFitAreRefused(String options, String message) {
        Outcome outcome = search(options.split(" "));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void aLakeThatIsNotThereIsSaidSo() {
        Outcome outcome = CommandTester.run("search", "--warehouse", "/nowhere", "SELECT 1");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("there is no lake in /nowhere");
    }

    @Test
    void tablesAndTheirColumnsAreListed() {
        Outcome tables = CommandTester.run("search", "tables", "--warehouse", folder.toString());
        assertThat(tables.outLines())
                .hasSize(4)
                .anyMatch(line -> line.matches("okta_systemlog +20 +20 +\\d.*"));

        Outcome columns =
                CommandTester.run(
                        "search", "columns", "Acme.Audit", "--warehouse", folder.toString());
        assertThat(columns.outLines())
                .anyMatch(line -> line.matches("actor\\.id +VARCHAR"))
                .anyMatch(line -> line.matches("p_any_ip_addresses +VARCHAR\\[]"));
    }
}
