package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.job.lake.FindingTables;
import dev.caracal.job.lake.LakeDocument;
import dev.caracal.job.lake.LakeRowGenerator;
import dev.caracal.rules.Match;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an address to its events, and from these to the alerts that they belong to. */
class IndicatorSearchTest {

    private static final String ADDRESS = "192.0.2.7";

    @TempDir private Path folder;

    @Test
    void eventsThatRulesMatchedNameTheirAlerts() throws Exception {
        write(
                event("row-1"),
                event("row-2"),
                FindingTables.of(match("Acme.First").withAlertId("0123456789abcdef")),
                FindingTables.of(match("Acme.Second").withAlertId("fedcba9876543210")));

        CommandTester.Outcome outcome =
                CommandTester.run(
                        "search",
                        "--warehouse",
                        folder.toString(),
                        "--indicator",
                        ADDRESS,
                        "--log-type",
                        "AWS.CloudTrail",
                        "--output",
                        "jsonl");

        assertThat(outcome.outLines())
                .hasSize(2)
                .anyMatch(line -> line.contains("\"row-2\",\"alerts\":null,"))
                .anyMatch(
                        line ->
                                line.contains("\"p_row_id\":\"row-1\"")
                                        && line.contains("Acme.First 0123456789ab")
                                        && line.contains("Acme.Second fedcba987654"));
    }

    private static String json(String rowId) {
        return """
               {"eventName":"ListBuckets","p_log_type":"AWS.CloudTrail","p_row_id":"%s",\
               "p_event_time":"2026-11-24 05:06:07.000000000",\
               "p_parse_time":"2026-11-24 12:00:00.000000000","p_any_ip_addresses":["%s"]}\
               """
                .formatted(rowId, ADDRESS);
    }

    private static LakeDocument event(String rowId) {
        return new LakeDocument("AWS.CloudTrail", "", json(rowId).getBytes(StandardCharsets.UTF_8));
    }

    private static Match match(String ruleId) {
        return new Match(
                ruleId,
                "v1",
                false,
                Severity.HIGH,
                "title",
                "dedup",
                60,
                1,
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
                "row-1",
                0,
                json("row-1").getBytes(StandardCharsets.UTF_8));
    }

    private void write(LakeDocument... documents) throws Exception {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        LakeSettings settings = LakeSettings.from(options).orElseThrow();
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        LakeSink.append(
                env.fromData(List.of(documents), Types.POJO(LakeDocument.class)),
                new LakeRowGenerator(settings, Duration.ofDays(365)),
                settings,
                "lake");
        env.execute();
    }
}
