package dev.caracal.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.flink.FlinkRest;
import dev.caracal.cli.flink.RootCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs of a Flink cluster. */
final class FlinkJobs {

    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");
    private static final long POLL_MILLIS = 200;

    private final FlinkRest rest;

    FlinkJobs(FlinkRest rest) {
        this.rest = rest;
    }

    /** A job as the cluster's list of jobs has it. */
    record Entry(String id, String name, String state, long startMillis) {

        boolean isEnded() {
            return ENDED.contains(state);
        }

        private String line() {
            return "  " + id + "  " + name + "  " + state;
        }
    }

    /** All jobs that the cluster remembers, the latest last. */
    List<Entry> all() throws IOException, InterruptedException {
        List<Entry> jobs = new ArrayList<>();
        for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
            jobs.add(
                    new Entry(
                            job.path("jid").asText(),
                            job.path("name").asText(),
                            job.path("state").asText(),
                            job.path("start-time").asLong()));
        }
        jobs.sort((one, other) -> Long.compare(one.startMillis(), other.startMillis()));
        return jobs;
    }

    List<Entry> running() throws IOException, InterruptedException {
        return all().stream().filter(job -> !job.isEnded()).toList();
    }

    /**
     * The one job that is meant.
     *
     * @param id an id or its beginning; empty for the only one that runs
     * @throws WrongUsageException if it is none, or more than one; the message lists those there
     *     are
     */
    Entry find(String id) throws IOException, InterruptedException {
        List<Entry> running = running();
        List<Entry> meant = running.stream().filter(job -> job.id().startsWith(id)).toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String list = running.stream().map(job -> '\n' + job.line()).collect(Collectors.joining());
        if (running.isEmpty()) {
            throw new WrongUsageException("no job runs at " + rest.address());
        }
        throw new WrongUsageException(
                meant.isEmpty()
                        ? "no job with the id "
                                + id
                                + " runs at "
                                + rest.address()
                                + ", only"
                                + list
                        : "which job? Name one by the beginning of its id:" + list);
    }

    String state(String id) throws IOException, InterruptedException {
        return rest.get("/jobs/" + id).path("state").asText();
    }

    /** Waits until the job has ended, and returns its last state. */
    String awaitEnd(String id) throws IOException, InterruptedException {
        String state = state(id);
        while (!ENDED.contains(state)) {
            pause();
            state = state(id);
        }
        return state;
    }

    /** Why the job failed the last time; empty if it never did. */
    String lastFailure(String id) throws IOException, InterruptedException {
        return RootCause.of(
                rest.get("/jobs/" + id + "/exceptions?maxExceptions=1")
                        .path("exceptionHistory")
                        .path("entries")
                        .path(0)
                        .path("stacktrace")
                        .asText());
    }

    /** Flink tells nobody of what happens; one has to ask. */
    static void pause() throws InterruptedException {
        Thread.sleep(POLL_MILLIS);
    }
}
