package dev.caracal.cli.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.job.health.HealthSnapshot;
import dev.caracal.job.health.LogTypeStatus;
import dev.caracal.job.health.SourceProblem;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the job says of the health of log sources, for people. */
final class SourceHealthReport {

    /** The job writes more often than this while it runs. */
    private static final Duration SILENT_JOB = Duration.ofMinutes(3);

    private static final Duration RECENT = Duration.ofHours(1);

    private final @Nullable HealthSnapshot snapshot;
    private final String unknown;
    private final long now;

    private SourceHealthReport(@Nullable HealthSnapshot snapshot, String unknown, long now) {
        this.snapshot = snapshot;
        this.unknown = unknown;
        this.now = now;
    }

    /** What is written in the control location; a report of nothing where that cannot be read. */
    static SourceHealthReport read(ControlLocation location, Instant now) {
        try (InputStream in = location.open(HealthSnapshot.PATH)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new SourceHealthReport(HealthSnapshot.parse(text), "", now.toEpochMilli());
        } catch (NoSuchFileException e) {
            return new SourceHealthReport(null, "no job has run yet", now.toEpochMilli());
        } catch (IOException e) {
            return new SourceHealthReport(null, String.valueOf(e.getMessage()), now.toEpochMilli());
        }
    }

    /** The log source's part of the snapshot; empty if the job has not said anything of it. */
    Optional<ObjectNode> json(String sourceId) {
        return entry(sourceId).map(HealthSnapshot.Entry::json);
    }

    private Optional<HealthSnapshot.Entry> entry(String sourceId) {
        return snapshot == null ? Optional.empty() : snapshot.find(sourceId);
    }

    /** Such as {@code healthy, last event 12 s ago}. */
    String line(LogSource source) {
        return line(source.id(), source.dropOffMinutes());
    }

    String line(QueueSource source) {
        return line(source.id(), source.dropOffMinutes());
    }

    private String line(String sourceId, int dropOffMinutes) {
        if (snapshot == null) {
            return "unknown: " + unknown;
        }
        long silence = now - snapshot.writtenMillis();
        String line =
                entry(sourceId)
                        .map(entry -> line(dropOffMinutes, entry))
                        .orElse("not yet seen by the job");
        return silence <= SILENT_JOB.toMillis()
                ? line
                : "unknown: the job has said nothing for " + age(silence) + "; before, " + line;
    }

    private String line(int dropOffMinutes, HealthSnapshot.Entry entry) {
        Optional<SourceProblem> failure = entry.failure();
        if (failure.isPresent()) {
            SourceProblem problem = failure.get();
            return problem.reason()
                    + " since "
                    + Instant.ofEpochMilli(problem.sinceMillis())
                    + ": "
                    + problem.detail();
        }
        return state(dropOffMinutes, entry) + lastProblem(entry);
    }

    private String state(int dropOffMinutes, HealthSnapshot.Entry entry) {
        long last = entry.status().lastReceivedMillis();
        if (last == 0) {
            return "no event yet";
        }
        Duration allowed = Duration.ofMinutes(dropOffMinutes);
        boolean silent = !allowed.isZero() && now - last > allowed.toMillis();
        return (silent ? "silent" : "healthy") + ", last event " + age(now - last) + " ago";
    }

    private String lastProblem(HealthSnapshot.Entry entry) {
        return entry.problems().stream()
                .filter(problem -> now - problem.lastMillis() < RECENT.toMillis())
                .findFirst()
                .map(
                        problem ->
                                "; last error "
                                        + age(now - problem.lastMillis())
                                        + " ago: "
                                        + problem.reason())
                .orElse("");
    }

    /** A line for each log type and each error. */
    List<String> lines(String sourceId) {
        List<String> lines = new ArrayList<>();
        HealthSnapshot.Entry entry = entry(sourceId).orElse(null);
        if (entry == null) {
            return lines;
        }
        for (LogTypeStatus one : entry.status().logTypes()) {
            lines.add(
                    one.logType().isEmpty()
                            ? "rejected: " + one.records() + " records, " + one.bytes() + " bytes"
                            : one.logType()
                                    + ": "
                                    + one.events()
                                    + " events, "
                                    + one.objects()
                                    + " objects, "
                                    + one.bytes()
                                    + " bytes, last event of "
                                    + Instant.ofEpochMilli(one.lastEventMillis()));
        }
        for (SourceProblem problem : entry.problems()) {
            lines.add(
                    "error: "
                            + problem.reason()
                            + ", "
                            + problem.count()
                            + " times from "
                            + Instant.ofEpochMilli(problem.sinceMillis())
                            + " to "
                            + Instant.ofEpochMilli(problem.lastMillis())
                            + ": "
                            + problem.detail().replace('\n', ' '));
        }
        return lines;
    }

    private static String age(long millis) {
        Duration age = Duration.ofMillis(Math.max(0, millis));
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return age.toSeconds() + " s";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
    }
}
