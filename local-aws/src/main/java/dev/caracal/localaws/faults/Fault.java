package dev.caracal.localaws.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on purpose.
 *
 * @param bucket strikes in this bucket only; null means in all
 * @param keyPrefix strikes keys that begin with it; null means all
 * @param operation strikes this S3 operation only, such as {@code GetObject}; null means all
 * @param count strikes so many times, then is over; null means without end
 * @param probability the share of matching requests that it strikes, 1 by default
 * @param seed of the dice, so that a test can be repeated; 0 by default
 * @param milliseconds how long {@link Kind#S3_LATENCY} and {@link Kind#REORDERED_NOTIFICATIONS}
 *     last, 500 by default
 * @param bytes how many bytes of the body {@link Kind#S3_CONNECTION_CUT} lets through, 0 by default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        Kind kind,
        @Nullable String bucket,
        @Nullable String keyPrefix,
        @Nullable String operation,
        @Nullable Integer count,
        @Nullable Double probability,
        @Nullable Long seed,
        @Nullable Long milliseconds,
        @Nullable Long bytes) {

    /** What goes wrong. */
    public enum Kind {
        /** S3 answers 503 SlowDown. */
        @JsonProperty("s3-slow-down")
        S3_SLOW_DOWN,
        /** S3 waits before it looks at the request. */
        @JsonProperty("s3-latency")
        S3_LATENCY,
        /** The connection breaks off in the body of a GetObject. */
        @JsonProperty("s3-connection-cut")
        S3_CONNECTION_CUT,
        /** The session that signed the request expires at once and for good. */
        @JsonProperty("expired-session")
        EXPIRED_SESSION,
        /** An S3 notification is sent twice. */
        @JsonProperty("duplicate-notifications")
        DUPLICATE_NOTIFICATIONS,
        /** An S3 notification is held back, so that later ones overtake it. */
        @JsonProperty("reordered-notifications")
        REORDERED_NOTIFICATIONS,
        /** SNS answers 500 InternalError. */
        @JsonProperty("sns-refusal")
        SNS_REFUSAL,
        /** STS answers 403 AccessDenied. */
        @JsonProperty("sts-refusal")
        STS_REFUSAL
    }

    @SuppressWarnings("ConstantValue") // Jackson passes null where the field is missing
    public Fault {
        if (kind == null) {
            throw new IllegalArgumentException("kind is missing");
        }
        if (count != null && count < 1) {
            throw new IllegalArgumentException("count is " + count + ", at least 1 expected");
        }
        if (probability != null && !(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "probability is " + probability + ", above 0 and at most 1 expected");
        }
        if (milliseconds != null && milliseconds < 0) {
            throw new IllegalArgumentException("milliseconds is " + milliseconds);
        }
        if (bytes != null && bytes < 0) {
            throw new IllegalArgumentException("bytes is " + bytes);
        }
    }

    /** A fault of a kind that strikes everywhere and without end. */
    public static Fault of(Kind kind) {
        return new Fault(kind, null, null, null, null, null, null, null, null);
    }

    public long millisecondsOrDefault() {
        return milliseconds == null ? 500 : milliseconds;
    }

    public long bytesOrDefault() {
        return bytes == null ? 0 : bytes;
    }
}
