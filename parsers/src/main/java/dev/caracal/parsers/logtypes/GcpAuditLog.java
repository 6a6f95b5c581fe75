package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** GCP.AuditLog: only the logs of Cloud Audit, which are told by the end of the log's name. */
final class GcpAuditLog {

    private static final List<String> LOGS =
            List.of("activity", "data_access", "policy", "system_event");

    private static final List<byte[]> ENDINGS =
            LOGS.stream()
                    .map(log -> "/cloudaudit.googleapis.com%2F" + log)
                    .map(ending -> ending.getBytes(StandardCharsets.US_ASCII))
                    .toList();

    private final ObjectFields record;
    private final Member logName;

    private GcpAuditLog(ObjectFields record) {
        this.record = record;
        this.logName = record.field("logName");
    }

    static void extend(JsonRecordParser parser) {
        GcpAuditLog log = new GcpAuditLog(parser.fields());
        log.record.onRead(log::checkName);
    }

    private void checkName() throws MismatchException {
        JsonText text = record.text(logName);
        for (byte[] ending : ENDINGS) {
            int start = text.offset() + text.length() - ending.length;
            if (start >= text.offset()
                    && Arrays.equals(
                            ending, 0, ending.length, text.bytes(), start, start + ending.length)) {
                return;
            }
        }
        throw new MismatchException(
                "logName: expected .../logs/cloudaudit.googleapis.com%2F and one of "
                        + String.join(", ", LOGS)
                        + ", found "
                        + MismatchException.excerpt(text.bytes(), text.offset(), text.length()));
    }
}
