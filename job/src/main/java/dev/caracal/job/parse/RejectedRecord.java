package dev.caracal.job.parse;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.parsers.Classification;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A record that no log type accepted, on its way to the dead letters. */
final class RejectedRecord {

    /** Longer records are cut, since a dead letter is one line for people to read. */
    static final int MAX_TEXT_BYTES = 1 << 20;

    private RejectedRecord() {}

    /**
     * What kind of failure it is: a log type that does not exist may be why no other accepts the
     * record, and a parser that failed is a defect.
     */
    static String reason(RouteClassifier classifier, Classification.Rejected rejected) {
        if (rejected.reasons().stream().anyMatch(Classification.Reason::defect)) {
            return "parser-failed";
        }
        return classifier.unknown().isEmpty() ? "classification-failure" : "unknown-log-type";
    }

    static DeadLetter deadLetter(
            RecordBatch batch,
            int record,
            String sourceId,
            String reason,
            Classification.Rejected rejected,
            long now) {
        int start = batch.start(record);
        int length = batch.ends()[record] - start;
        int shown = shown(batch.data(), start, length);
        String detail =
                rejected.reasons().stream()
                        .map(each -> each.logType() + ": " + each.message())
                        .collect(Collectors.joining("; "));
        return new DeadLetter(
                "parse",
                reason,
                shown == length
                        ? detail
                        : detail + "; text has the first " + shown + " of " + length + " bytes",
                sourceId,
                batch.object(),
                batch.firstIndex() + record,
                new String(batch.data(), start, shown, StandardCharsets.UTF_8),
                now);
    }

    /** How much is shown: not half a character. */
    private static int shown(byte[] data, int start, int length) {
        if (length <= MAX_TEXT_BYTES) {
            return length;
        }
        int shown = MAX_TEXT_BYTES;
        while (shown > MAX_TEXT_BYTES - 4 && (data[start + shown] & 0xc0) == 0x80) {
            shown--;
        }
        return shown;
    }
}
