package dev.caracal.cli.source.check;

import java.util.Objects;

/**
 * What was found out about one part of a log source's set-up.
 *
 * @param part what was looked at, such as {@code role}
 * @param detail what it is, or why it was not checked
 * @param error AWS's code and text; empty if there is none
 * @param remedy what to do; empty unless unhealthy
 */
public record Finding(String part, Status status, String detail, String error, String remedy) {

    /** Whether the part is as it must be. */
    public enum Status {
        HEALTHY("healthy"),
        UNHEALTHY("unhealthy"),
        NOT_CHECKED("not checked");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public Finding {
        Objects.requireNonNull(part, "part is null");
        Objects.requireNonNull(detail, "detail is null");
        Objects.requireNonNull(error, "error is null");
        Objects.requireNonNull(remedy, "remedy is null");
    }

    static Finding healthy(String part, String detail) {
        return new Finding(part, Status.HEALTHY, detail, "", "");
    }

    static Finding unhealthy(String part, String detail, String remedy) {
        return new Finding(part, Status.UNHEALTHY, detail, "", remedy);
    }

    static Finding unhealthy(String part, String detail, Exception failure, String remedy) {
        return new Finding(part, Status.UNHEALTHY, detail, AwsFailure.text(failure), remedy);
    }

    static Finding notChecked(String part, String reason) {
        return new Finding(part, Status.NOT_CHECKED, reason, "", "");
    }
}
