package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved and scheduled queries of a rule pack, written for Snowflake. */
class SearchQueryTest {

    @TempDir private static Path folder;

    @BeforeAll
    static void fillTheLake() throws Exception {
        SearchedLake.fill(folder);
    }

    private static Outcome search(String... arguments) {
        return SearchedLake.search(folder, arguments);
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
}
