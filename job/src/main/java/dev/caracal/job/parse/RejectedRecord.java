package dev.caracal.job.parse;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.parsers.Classification;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * A record that no log type of its route accepted.
 *
 * @param record its position in the batch
 */
record RejectedRecord(
        RecordBatch batch,
        int record,
        RouteClassifier classifier,
        Classification.Rejected rejection) {

    /** Longer records are cut in their dead letter, which is one line for people to read. */
    static final int MAX_TEXT_BYTES = 1 << 20;

    /** The kind of failure: a parser that failed is a defect, never the record's fault. */
    String reason() {
        if (rejection.reasons().stream().anyMatch(Classification.Reason::defect)) {
            return "parser-failed";
        }
        return classifier.unknown().isEmpty() ? "classification-failure" : "unknown-log-type";
    }

    DeadLetter deadLetter(long now) {
        int start = batch.start(record);
        int length = batch.ends()[record] - start;
        int shown = shown(start, length);
        String reasons =
                rejection.reasons().stream()
                        .map(each -> each.logType() + ": " + each.message())
                        .collect(Collectors.joining("; "));
        String cut = "; text has the first " + shown + " of " + length + " bytes";
        return new DeadLetter(
                "parse",
                reason(),
                shown == length ? reasons : reasons + cut,
                classifier.route().sourceId(),
                batch.object(),
                batch.firstIndex() + record,
                new String(batch.data(), start, shown, StandardCharsets.UTF_8),
                now);
    }

    /** How much is shown: not half a character. */
    private int shown(int start, int length) {
        if (length <= MAX_TEXT_BYTES) {
            return length;
        }
        int shown = MAX_TEXT_BYTES;
        while (shown > MAX_TEXT_BYTES - 4 && (batch.data()[start + shown] & 0xc0) == 0x80) {
            shown--;
        }
        return shown;
    }
}
