package dev.caracal.cli.drill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How one fault went.
 *
 * @param what what was done
 * @param recovery from the end of the fault until all that was put before it had come out
 * @param problems what went wrong beside the count; none if all is well
 * @param remarks what else was seen
 */
record DrillRow(
        String fault,
        String what,
        Count count,
        Duration recovery,
        List<String> problems,
        List<String> remarks) {

    /** After the fault the job has so long to be as it was. */
    static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);

    DrillRow {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    DrillRow withCount(Count later) {
        return new DrillRow(fault, what, later, recovery, problems, remarks);
    }

    boolean isGreen() {
        return failures().isEmpty();
    }

    /** What must not be. */
    private List<String> failures() {
        List<String> failures = new ArrayList<>(problems);
        if (count.lost() != 0) {
            failures.add(count.lost() + " records lost");
        }
        if (count.doubled() != 0) {
            failures.add(count.doubled() + " records twice");
        }
        if (count.missingInLake() != 0) {
            failures.add(count.missingInLake() + " records missing in the lake");
        }
        if (count.rowsDoubled() != 0) {
            failures.add(count.rowsDoubled() + " records twice in the lake");
        }
        if (count.alertsStored() != count.alertsExpected()) {
            failures.add("alerts missing in S3");
        }
        if (count.alertsDoubled() != 0) {
            failures.add(count.alertsDoubled() + " alerts twice in S3");
        }
        if (count.alertsPublished() != count.alertsExpected()) {
            failures.add("alerts missing on SNS");
        }
        if (recovery.compareTo(RECOVERY_LIMIT) > 0) {
            failures.add("not back within " + RECOVERY_LIMIT.toSeconds() + " s");
        }
        return failures;
    }

    /** {@code green} or {@code RED}, and why. */
    String result() {
        List<String> words = new ArrayList<>();
        words.add(isGreen() ? "green" : "RED");
        words.addAll(failures());
        words.addAll(remarks);
        return String.join(", ", words);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("fault", fault)
                .put("what", what)
                .put("green", isGreen())
                .put("recordsIn", count.records())
                .put("events", count.events())
                .put("deadLetters", count.deadLetters())
                .put("recordsTwice", count.doubled())
                .put("eventsInLake", count.rows())
                .put("eventsTwiceInLake", count.rowsDoubled())
                .put("alertsExpected", count.alertsExpected())
                .put("alertsInS3", count.alertsStored())
                .put("alertsTwiceInS3", count.alertsDoubled())
                .put("alertsOnSns", count.alertsPublished())
                .put("recoverySeconds", recovery.toMillis() / 1000.0)
                .put("result", result());
        return json;
    }
}
