package dev.caracal.job.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.job.health.SourceCount;
import dev.caracal.job.metrics.RecordingGroup;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParseMetricsTest {

    @Test
    void recordsCountBySourceAndRejectedOnesByReasonToo() {
        RecordingGroup group = new RecordingGroup();
        ParseMetrics metrics = new ParseMetrics(group);

        metrics.accepted("shop");
        metrics.accepted("shop");
        metrics.event("AWS.ALB");
        metrics.rejected("shop", "classification-failure");
        metrics.rejected("okta", "classification-failure");
        metrics.rejected("okta", "unknown-log-type");
        metrics.count(new SourceCount("shop", "Shop", "AWS.ALB", 2, 50, 1, 3, 77));
        metrics.count(new SourceCount("shop", "Shop", "AWS.ALB", 1, 25, 0, 1, 66));

        assertThat(group.values())
                .containsOnly(
                        Map.entry("logType.AWS.ALB.events", 1L),
                        Map.entry("source.shop.acceptedRecords", 2L),
                        Map.entry("source.shop.rejectedRecords", 1L),
                        Map.entry("source.shop.logType.AWS.ALB.bytes", 75L),
                        Map.entry("source.shop.logType.AWS.ALB.objects", 1L),
                        Map.entry("source.shop.logType.AWS.ALB.events", 4L),
                        Map.entry("source.shop.logType.AWS.ALB.lastEventTimeMillis", 77L),
                        Map.entry("source.okta.rejectedRecords", 2L),
                        Map.entry("reason.classification-failure.rejectedRecords", 2L),
                        Map.entry("reason.unknown-log-type.rejectedRecords", 1L),
                        Map.entry("rejectedRecords", 3L));
    }
}
