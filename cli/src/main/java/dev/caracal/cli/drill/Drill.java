package dev.caracal.cli.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Does one fault after the other to a running job that is fed at a steady pace, and compares what
 * came out with what was put in.
 */
final class Drill {

    private static final long POLL_MILLIS = 500;

    /** So many objects come out before the fault begins. */
    private static final int WARM_UP = 4;

    /**
     * A row is red after {@link DrillRow#RECOVERY_LIMIT}; so long the drill waits to see the end.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);

    /** After these nothing of a turn can still be on its way. */
    private static final int SETTLING_CHECKPOINTS = 2;

    private final DrillSite site;

    Drill(DrillSite site) {
        this.site = site;
    }

    /** Neither buckets nor Flink tell of what is new; one has to look. */
    static void pause() throws InterruptedException {
        Thread.sleep(POLL_MILLIS);
    }

    DrillRow run(Fault fault) throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Duration recovery = PATIENCE;
        site.ledger().takeReports();
        try {
            requireJob(problems);
            site.feed().start(fault.name());
            site.await(PATIENCE, () -> site.ledger().objects(fault.name()).size() >= WARM_UP);
            site.awaitOutput(fault.name());
            strike(fault);
            recovery = awaitRecovery(fault);
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        try {
            site.feed().stop();
            settle(fault, problems);
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return new DrillRow(
                fault.name(),
                fault.what(),
                site.ledger().count(site.ledger().objects(fault.name())),
                recovery,
                problems,
                remarks());
    }

    /** What an earlier fault has broken for good must not spoil the next. */
    private void requireJob(List<String> problems) throws IOException, InterruptedException {
        String state = site.cluster().state();
        if (state.equals("FAILED") || state.equals("CANCELED") || state.equals("FINISHED")) {
            problems.add("the job had ended as " + state + " before");
            site.cluster().submit(site.cluster().newestCheckpoint());
        }
    }

    private void strike(Fault fault) throws IOException, InterruptedException {
        try {
            fault.inject(site);
            long end = System.nanoTime() + fault.lasts().toNanos();
            site.await(fault.lasts(), () -> System.nanoTime() >= end);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(fault.name() + " cannot be done: " + e.getMessage(), e);
        } finally {
            end(fault);
        }
    }

    private void end(Fault fault) throws IOException {
        try {
            fault.end(site);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(fault.name() + " does not end: " + e.getMessage(), e);
        }
    }

    /** Until all that was put before the end of the fault has come out, while more is put. */
    private Duration awaitRecovery(Fault fault) throws IOException, InterruptedException {
        long ended = System.nanoTime();
        List<FedObject> before = site.ledger().objects(fault.name());
        site.await(PATIENCE, () -> site.outputHas(before));
        return Duration.ofNanos(System.nanoTime() - ended);
    }

    /** Waits until all of the turn has come out, and then for what might come twice. */
    private void settle(Fault fault, List<String> problems)
            throws IOException, InterruptedException {
        List<FedObject> all = site.ledger().objects(fault.name());
        if (!site.await(PATIENCE, () -> site.outputHas(all))) {
            problems.add("the job is " + site.cluster().state());
            return;
        }
        long completed = site.cluster().completedCheckpoints();
        boolean settled =
                site.await(
                        SETTLE_LIMIT,
                        () ->
                                site.notificationsLeft() == 0
                                        && site.cluster().completedCheckpoints()
                                                >= completed + SETTLING_CHECKPOINTS);
        if (!settled) {
            problems.add(site.notificationsLeft() + " messages left in the queue");
        }
        site.readOutput();
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        site.ledger().takeReports().forEach((what, count) -> remarks.add(count + " × " + what));
        return remarks;
    }

    /** The row once more, now that everything is over. */
    DrillRow recount(DrillRow row) throws IOException {
        site.readAllOutput();
        return row.withCount(site.ledger().count(site.ledger().objects(row.fault())));
    }
}
