package dev.caracal.job.health;

import dev.caracal.connectors.DeadLetter;
import java.util.Objects;
import java.util.Set;

/**
 * Dead letters of a log source with one reason, without anything that came between them.
 *
 * @param detail of the last one, such as AWS's error
 * @param object of the last one
 * @param sinceMillis when the first one was made
 * @param lastMillis when the last one was made
 */
public record SourceProblem(
        String sourceId,
        String stage,
        String reason,
        String detail,
        String object,
        long sinceMillis,
        long lastMillis,
        long count) {

    /** Reasons for which the owner of a log source has to do something. */
    private static final Set<String> NO_ACCESS =
            Set.of(
                    "access-denied",
                    "role-not-assumable",
                    "kms-access-denied",
                    "credentials-refused",
                    "bucket-not-found",
                    "queue-not-found");

    private static final int MAX_DETAIL = 500;

    public SourceProblem {
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(stage, "stage is null");
        Objects.requireNonNull(reason, "reason is null");
        detail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
        Objects.requireNonNull(object, "object is null");
    }

    static SourceProblem of(DeadLetter letter) {
        return new SourceProblem(
                letter.sourceId(),
                letter.stage(),
                letter.reason(),
                letter.detail(),
                letter.object(),
                letter.timeMillis(),
                letter.timeMillis(),
                1);
    }

    /** The same problem after another dead letter of its reason. */
    SourceProblem again(DeadLetter letter) {
        return new SourceProblem(
                sourceId,
                stage,
                reason,
                letter.detail(),
                letter.object(),
                sinceMillis,
                letter.timeMillis(),
                count + 1);
    }

    static boolean isOfAccess(String stage, String reason) {
        return stage.equals("read") && NO_ACCESS.contains(reason);
    }

    /** Whether the log source may not be read, rather than that some of it is bad. */
    public boolean isOfAccess() {
        return isOfAccess(stage, reason);
    }
}
