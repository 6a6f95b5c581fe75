package dev.caracal.job.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.DeadLetter;
import dev.caracal.rules.Match;
import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;

/** Sees a finding in each dead letter, and says from how many of its kind on there is an alert. */
public final class DeadLetterHealthFunction implements MapFunction<DeadLetter, Match> {

    private static final long serialVersionUID = 1L;

    private static final String ENGINE_FAILED = "engine-failed";

    private final int threshold;

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
    public Match map(DeadLetter deadLetter) {
        return finding(deadLetter).match(null);
    }

    private HealthFinding finding(DeadLetter letter) {
        String source = letter.sourceId().isEmpty() ? letter.object() : letter.sourceId();
        return switch (letter.stage()) {
            case "control", "detect" ->
                    letter.reason().equals(ENGINE_FAILED)
                            ? finding(
                                    letter,
                                    HealthCheck.RULE_ENGINE,
                                    ENGINE_FAILED,
                                    "The rule engine failed on an event")
                            : finding(
                                    letter,
                                    HealthCheck.CONTROL_FILE,
                                    letter.object(),
                                    letter.object() + " is not in force: " + letter.reason());
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
