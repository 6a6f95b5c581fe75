package dev.caracal.job.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.rules.Match;
import dev.caracal.rules.Report;
import dev.caracal.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingTablesTest {

    private static final String EVENT =
            "{\"user\":\"ann\",\"p_log_type\":\"Acme.Audit\",\"p_row_id\":\"row-1\","
                    + "\"p_event_time\":\"2026-11-24 05:06:07.000000000\","
                    + "\"p_parse_time\":\"2026-11-24 12:00:00.000000000\"}";

    @TempDir private Path folder;

    private Record written(LakeDocument finding) throws Exception {
        LakeFolder lake = new LakeFolder(folder);
        StreamExecutionEnvironment env = LakeFolder.environment();
        LakeSink.append(
                env.fromData(List.of(finding), Types.POJO(LakeDocument.class)).uid("documents"),
                lake.generator(),
                lake.settings(),
                "lake-findings");
        env.execute();
        return lake.rows(finding.logType()).get(0);
    }

    private static Match match(boolean error) {
        return new Match(
                "Acme.Rule",
                "v1",
                error,
                Severity.HIGH,
                "title",
                "dedup",
                60,
                1,
                true,
                "",
                "",
                "",
                List.of("tag"),
                List.of(new Report("CIS", List.of("1.1"))),
                null,
                "",
                "{\"k\":1}",
                "Acme.Audit",
                "row-1",
                0,
                EVENT.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMatchIsFoundByItsAlertItsRuleAndItsEvent() throws Exception {
        Record row = written(FindingTables.of(match(false).withAlertId("alert-1")));

        assertThat(row.getField("p_alert_id")).isEqualTo("alert-1");
        assertThat(row.getField("p_alert_title")).isEqualTo("title");
        assertThat(row.getField("p_alert_context")).isEqualTo("{\"k\":1}");
        assertThat(row.getField("p_rule_id")).isEqualTo("Acme.Rule");
        assertThat(row.getField("p_rule_reports")).isEqualTo("{\"CIS\":[\"1.1\"]}");
        assertThat(row.getField("p_row_id")).isEqualTo("row-1");
        assertThat(row.getField("p_event")).isEqualTo(EVENT);
    }

    @Test
    void aRuleErrorIsToldFromAMatch() throws Exception {
        Record row = written(FindingTables.of(match(true)));

        assertThat(row.getField("p_rule_error")).isEqualTo("title");
        assertThat(row.getField("p_alert_title")).isNull();
        assertThat(row.getField("p_alert_id")).isNull();
    }

    @Test
    void aDeadLetterHasItsReason() throws Exception {
        Record row =
                written(
                        FindingTables.of(
                                new DeadLetter(
                                        "parse",
                                        "no-log-type",
                                        "why",
                                        "src",
                                        "s3://b/k",
                                        3,
                                        "raw",
                                        0)));

        assertThat(row.getField("reason")).isEqualTo("no-log-type");
        assertThat(row.getField("recordIndex")).isEqualTo(3L);
        assertThat(row.getField("time")).hasToString("1970-01-01T00:00Z");
        assertThat(row.getField("p_unmapped")).isNull();
    }
}
