package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.cli.rules.RuleFiles;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.job.lake.EventTables;
import dev.caracal.job.lake.LakeDocument;
import dev.caracal.job.lake.LakeRowGenerator;
import dev.caracal.parsers.LogTypes;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.SavedQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs all saved and scheduled queries of a checkout of github.com/panther-labs/panther-analysis,
 * which is no part of this project, over empty tables: {@code -Dcaracal.corpus=FOLDER}. Prints what
 * is wrong with those that do not run.
 */
@EnabledIfSystemProperty(named = "caracal.corpus", matches = ".+")
class QueryCorpusTest {

    @TempDir private Path lake;

    private final String queries =
            Path.of(System.getProperty("caracal.corpus", ""), "queries").toString();

    @Test
    void rowsOfAScheduledQueryGoThroughItsRule() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        LakeSink.append(
                env.fromSequence(1, 12)
                        .map(QueryCorpusTest::failedLogin)
                        .returns(Types.POJO(LakeDocument.class)),
                new LakeRowGenerator(settings(), Duration.ofDays(365)),
                settings(),
                "lake");
        env.execute();

        Outcome outcome = search("Query.CloudTrail.Password.Spraying");

        assertThat(outcome.outLines())
                .as(outcome.err())
                .hasSize(4)
                .anyMatch(line -> line.matches("us-east-1 +123456789012 +12 +12 .*"))
                .anyMatch(line -> line.matches("\\w+ +CloudTrail.Password.Spraying +1 .*"));
    }

    private static LakeDocument failedLogin(long user) {
        String time = Instant.now().minusSeconds(60).toString().replace('T', ' ').substring(0, 19);
        String json =
                """
                {"awsRegion":"us-east-1","recipientAccountId":"123456789012",\
                "eventType":"AwsConsoleSignIn","responseElements":{"ConsoleLogin":"Failure"},\
                "userIdentity":{"userName":"user%1$d"},"p_row_id":"%1$d",\
                "p_log_type":"AWS.CloudTrail","p_event_time":"%2$s.000000000",\
                "p_parse_time":"%2$s.000000000"}"""
                        .formatted(user, time);
        return new LakeDocument("AWS.CloudTrail", "", json.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome search(String query) {
        return CommandTester.run(
                "search", "--warehouse=" + lake, "--rules=" + queries, "--query=" + query);
    }

    private LakeSettings settings() {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, lake.toString());
        return LakeSettings.from(options).orElseThrow();
    }

    @Test
    void aQueryRunsOrSaysWhyNot() throws Exception {
        RulePack pack = RulePack.load(RuleFiles.read(Path.of(queries)));
        createTables(pack.queries());
        int run = 0;
        List<String> unclear = new ArrayList<>();
        for (SavedQuery query : pack.queries()) {
            Outcome outcome = search(query.name());
            if (outcome.status() == 0) {
                run++;
                continue;
            }
            System.out.println(query.name() + ": " + outcome.err());
            if (outcome.status() != 2) {
                unclear.add(query.name());
            }
        }
        System.out.println(run + " of " + pack.queries().size() + " queries run");
        assertThat(unclear).isEmpty();
        assertThat(run).isPositive();
    }

    private void createTables(List<SavedQuery> queries) {
        LakeRowGenerator generator = new LakeRowGenerator(settings(), Duration.ofDays(365));
        generator.open((OpenContext) null);
        LogTypes.builtin().names().stream()
                .filter(name -> queries.stream().anyMatch(query -> names(query, name)))
                .forEach(
                        name ->
                                generator.generate(
                                        new LakeDocument(
                                                name, "", "{}".getBytes(StandardCharsets.UTF_8)),
                                        new ListCollector<>(new ArrayList<>())));
    }

    private static boolean names(SavedQuery query, String logType) {
        return query.sql().toLowerCase(Locale.ROOT).contains(EventTables.name(logType));
    }
}
