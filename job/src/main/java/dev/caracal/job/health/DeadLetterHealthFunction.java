package dev.caracal.job.health;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.DeadLetter;
import dev.caracal.rules.Match;
import dev.caracal.rules.RuleWarning;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/**
 * Sees a finding in each dead letter, and says from how many of its kind on there is an alert.
 *
 * <p>On Managed Flink their rate is a metric of CloudWatch too: a group of that name takes it
 * there.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/managed-flink/latest/java/monitoring-metrics-custom.html">Custom
 *     metrics</a>
 */
public final class DeadLetterHealthFunction extends RichMapFunction<DeadLetter, Match> {

    private static final long serialVersionUID = 1L;

    /** What shows of a rule while it runs. */
    private static final Set<String> AT_RUN_TIME =
            Stream.of(RuleWarning.Reason.values()).map(Object::toString).collect(toSet());

    private static final String ENGINE_FAILED = "engine-failed";

    /** CloudWatch's alarms look once a minute. */
    private static final int RATE_SECONDS = 120;

    private static final String CLOUDWATCH_GROUP = "kinesisanalytics";

    private final int threshold;

    private transient Meter rate;

    /**
     * @param threshold dead letters with one reason within the hour before there is an alert
     */
    public DeadLetterHealthFunction(int threshold) {
        if (threshold < 1) {
            throw new IllegalArgumentException(
                    HealthOptions.DEAD_LETTERS.key()
                            + " is "
                            + threshold
                            + ", expected at least 1");
        }
        this.threshold = threshold;
    }

    @Override
    public void open(OpenContext context) {
        rate = rate(getRuntimeContext().getMetricGroup());
    }

    static Meter rate(MetricGroup operator) {
        return operator.addGroup(CLOUDWATCH_GROUP)
                .meter("deadLettersPerSecond", new MeterView(RATE_SECONDS));
    }

    @Override
    public Match map(DeadLetter deadLetter) {
        rate.markEvent();
        return finding(deadLetter).match(null);
    }

    private HealthFinding finding(DeadLetter letter) {
        String source = letter.sourceId().isEmpty() ? letter.object() : letter.sourceId();
        return switch (letter.stage()) {
            case "control", "detect" -> ofRules(letter);
            case "deliver" ->
                    finding(
                            letter,
                            HealthCheck.DELIVERY,
                            letter.object() + ' ' + letter.reason(),
                            "An alert could not be delivered: " + letter.reason());
            case "read" -> {
                if (!SourceProblem.isOfAccess(letter.stage(), letter.reason())) {
                    yield counted(letter);
                }
                yield finding(
                        letter,
                        HealthCheck.SOURCE_ACCESS,
                        source,
                        "Log source " + source + " cannot be read: " + letter.reason());
            }
            default -> counted(letter);
        };
    }

    private static HealthFinding ofRules(DeadLetter letter) {
        if (letter.reason().equals(ENGINE_FAILED)) {
            return finding(
                    letter, HealthCheck.RULE_ENGINE, ENGINE_FAILED, "The rule engine failed");
        }
        if (AT_RUN_TIME.contains(letter.reason())) {
            return finding(
                    letter,
                    HealthCheck.RULE,
                    letter.object() + ' ' + letter.reason(),
                    letter.detail());
        }
        return finding(
                letter,
                HealthCheck.CONTROL_FILE,
                letter.object(),
                letter.object() + " is not in force: " + letter.reason());
    }

    private static HealthFinding finding(
            DeadLetter letter, HealthCheck check, String subject, String title) {
        return finding(letter, check, subject, 1, title);
    }

    private HealthFinding counted(DeadLetter letter) {
        String reason = letter.stage() + '/' + letter.reason();
        return finding(
                letter,
                HealthCheck.DEAD_LETTERS,
                reason,
                threshold,
                threshold + " dead letters or more within an hour: " + reason);
    }

    private static HealthFinding finding(
            DeadLetter letter, HealthCheck check, String subject, int threshold, String title) {
        ObjectNode details = HealthFinding.noDetails();
        details.put("stage", letter.stage())
                .put("reason", letter.reason())
                .put("detail", letter.detail())
                .put("sourceId", letter.sourceId())
                .put("object", letter.object())
                .put("recordIndex", letter.recordIndex());
        return new HealthFinding(
                check,
                subject,
                threshold,
                title,
                letter.detail(),
                details,
                letter.object()
                        + '#'
                        + letter.recordIndex()
                        + '@'
                        + Instant.ofEpochMilli(letter.timeMillis()),
                letter.timeMillis());
    }
}
