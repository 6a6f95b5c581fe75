package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.job.lake.LakeDocument;
import dev.caracal.job.lake.LakeRowGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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

    private static final String ACME =
            """
            schema: Acme.Audit
            fields:
              - {name: user, type: string}
              - {name: source-host, type: string}
              - name: actor
                type: object
                fields:
                  - {name: id, type: string}
            """;
    private static final String ACME_WITH_MORE =
            ACME + "      - {name: age, type: int}\n  - {name: count, type: bigint}\n";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'+00'");

    @TempDir private static Path folder;

    private static LakeSettings settings;

    @BeforeAll
    static void fillTheLake() throws Exception {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        settings = LakeSettings.from(options).orElseThrow();
        List<LakeDocument> documents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            documents.add(
                    document(
                            "AWS.CloudTrail",
                            "",
                            i,
                            "\"eventName\":\"Event"
                                    + i % 3
                                    + "\",\"requestParameters\":{\"bucketName\":\"b\"},\"p_any_ip_addresses\":[\"192.0.2."
                                    + i
                                    + "\"]"));
            documents.add(
                    document(
                            "Okta.SystemLog",
                            "",
                            i,
                            "\"uuid\":\"u"
                                    + i
                                    + "\",\"p_any_ip_addresses\":[\"192.0.2.7\"],"
                                    + "\"p_any_usernames\":[\"ann\"]"));
        }
        documents.add(
                document(
                        "Acme.Audit",
                        ACME,
                        1,
                        "\"user\":\"bob\",\"source-host\":\"h\",\"actor\":{\"id\":\"x\"}"));
        write(documents);
        write(
                List.of(
                        document(
                                "Acme.Audit",
                                ACME_WITH_MORE,
                                2,
                                "\"user\":\"cyd\",\"actor\":{\"id\":\"y\",\"age\":5},\"count\":3")));
    }

    private static LakeDocument document(String logType, String yaml, int day, String members) {
        String json =
                "{%s,\"p_log_type\":\"%s\",\"p_row_id\":\"%s-%d\",\"p_event_time\":\"2026-11-%02d 05:06:07.000000000\",\"p_parse_time\":\"2026-11-24 12:00:00.000000000\"}"
                        .formatted(members, logType, logType, day, day + 1);
        return new LakeDocument(logType, yaml, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(List<LakeDocument> documents) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        env.getConfig().enableObjectReuse();
        LakeSink.append(
                env.fromData(documents, Types.POJO(LakeDocument.class)),
                new LakeRowGenerator(settings, Duration.ofDays(365)),
                settings,
                "lake");
        env.execute();
    }

    private static Outcome search(String... arguments) {
        return CommandTester.run(
                Stream.concat(
                                Stream.of("search", "--warehouse", folder.toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
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

    private static Path pack(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("queries.yml"),
                """
                AnalysisType: scheduled_query
                QueryName: Many Events
                Enabled: true
                Query: |
                  -- counts by name
                  SELECT eventName, count(*) AS n, iff(count(*) > 6, 'many', 'few') AS size
                  FROM panther_logs.public.aws_cloudtrail
                  WHERE p_occurs_since('3650 days')
                  GROUP BY ALL ORDER BY 1
                Schedule: {RateMinutes: 30, TimeoutMinutes: 1}
                """);
        Files.writeString(
                folder.resolve("snowflake.yml"),
                """
                AnalysisType: saved_query
                QueryName: In Snowflake
                Query: |
                  -- a line that counts: {{
                  SELECT 'a:b', requestParameters:bucketName::string
                  FROM panther_logs.public.aws_cloudtrail
                  MATCH_RECOGNIZE (PARTITION BY {{ column }})
                """);
        Files.writeString(
                folder.resolve("many.yml"),
                """
                AnalysisType: scheduled_rule
                RuleID: Many.Events
                Filename: many.py
                Enabled: true
                Severity: Low
                ScheduledQueries: [Many Events]
                """);
        Files.writeString(
                folder.resolve("many.py"),
                """
                def rule(event):
                    return event["size"] == "many"

                def title(event):
                    return "Many " + event["eventName"]
                """);
        return folder;
    }

    @Test
    void rowsOfAScheduledQueryGoThroughItsRule(@TempDir Path rules) throws IOException {
        Outcome outcome = search("--query", "many events", "--rules", pack(rules).toString());

        assertThat(outcome.outLines())
                .as(outcome.err())
                .containsExactly(
                        "eventName  n  size",
                        "Event0     7  many",
                        "Event1     7  many",
                        "Event2     6  few",
                        "severity  rule         matched rows  title",
                        "LOW       Many.Events  1             Many Event0",
                        "LOW       Many.Events  1             Many Event1");
    }

    @Test
    void whatDuckDbDoesNotUnderstandOfAQueryIsSaid(@TempDir Path rules) throws IOException {
        Outcome outcome = search("--query", "In Snowflake", "--rules", pack(rules).toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("snowflake.yml has SQL that DuckDB does not understand")
                .contains("line 4: MATCH_RECOGNIZE does not exist; write window functions")
                .contains("line 4: {{ is a template");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "actor:id FROM acme_audit WHERE actor:age > 4 | y",
                "actor:\"id\"::string FROM acme_audit WHERE user = 'bob' | x",
                "DISTINCT requestParameters:bucketName::string FROM aws_cloudtrail | b",
                "count(*) FROM acme_audit WHERE user LIKE ANY ('b%', 'c_') | 1",
                "count(*) FROM acme_audit WHERE user ILIKE ANY ('B%', 'C__') | 2",
                "count(*) FROM acme_audit WHERE user NOT LIKE ANY ('b.b', 'c%') | 1",
                "count(*) FROM acme_audit WHERE user RLIKE 'b\\\\w+' | 1",
                "array_size(array_agg(DISTINCT p_any_ip_addresses[0])) FROM aws_cloudtrail | 20",
                "count(*) FROM okta_systemlog"
                        + " WHERE array_contains('192.0.2.7'::VARIANT, p_any_ip_addresses) | 20",
                "f.value FROM aws_cloudtrail, LATERAL FLATTEN(input => p_any_ip_addresses) f"
                        + " WHERE f.value = '192.0.2.3' | 192.0.2.3",
                "array_to_string(array_construct('it''s', 'a:b'), ',') | `it's,a:b`",
                "count(*) FROM aws_cloudtrail WHERE p_occurs_between('2026-11-01', '2026-11-03') | 2",
                "count(*) FROM aws_cloudtrail c WHERE p_occurs_since(9000d, c, p_parse_time) | 20",
                "datediff(hour, p_event_time, dateadd(day, 2, p_event_time)) FROM acme_audit LIMIT 1"
                        + " | 48",
                "iff(TRUE, 'yes', 'no') -- or 'no' | yes",
            })
    void whatSnowflakeSaysInAnotherWayIsUnderstood(String select, String value, @TempDir Path rules)
            throws IOException {
        Files.writeString(
                rules.resolve("query.yml"),
                """
                AnalysisType: saved_query
                QueryName: Translated
                Query: |
                  SELECT %s
                """
                        .formatted(select));

        Outcome outcome =
                search("--query", "Translated", "--rules", rules.toString(), "--output", "csv");

        assertThat(outcome.outLines().stream().skip(1))
                .as(outcome.err())
                .containsExactly(value.contains(",") ? '"' + value + '"' : value);
    }

    @Test
    void aQueryThatIsNotThereIsSaidSo(@TempDir Path rules) throws IOException {
        Outcome outcome = search("--query", "Many Event", "--rules", pack(rules).toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("did you mean \"Many Events\"?");
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
