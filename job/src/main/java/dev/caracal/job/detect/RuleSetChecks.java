package dev.caracal.job.detect;

import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.lookup.LookupTables;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks rule sets one after the other, each on a thread of its own task's that nothing waits for.
 *
 * <p>The first is checked at once. Later ones take {@link Pace#easy} a small part of one core,
 * since events are judged meanwhile.
 */
final class RuleSetChecks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuleSetChecks.class);

    /** Longer than a rule may take to be loaded. */
    private static final Duration CLOSE_PATIENCE =
            RuleEngine.DEFAULT_LOAD_TIME_LIMIT.plusSeconds(30);

    private final RestartedEngine engine;
    private final RuleSetCheck check;
    private final ExecutorService thread;
    private volatile boolean hasChecked;
    private List<RuleSource> accepted;
    private @Nullable Future<Answer> running;

    private record Answer(RuleSetCheck.Checked checked, List<RuleSource> accepted) {}

    /**
     * @param accepted before a restart
     */
    RuleSetChecks(Supplier<RuleEngine> open, boolean builtin, List<RuleSource> accepted) {
        this.accepted = accepted;
        engine = new RestartedEngine(open);
        check = new RuleSetCheck(builtin);
        check.restore(accepted);
        thread =
                Executors.newSingleThreadExecutor(
                        task -> {
                            var created = new Thread(task, "caracal-rule-check");
                            created.setDaemon(true);
                            return created;
                        });
    }

    /** Begins a check; there is none under way. */
    void start(SortedMap<String, String> files, LookupTables tables, long now) {
        running =
                thread.submit(
                        () -> {
                            engine.use(tables);
                            Pace pace = hasChecked ? Pace.easy() : Pace.full();
                            RuleSetCheck.Checked checked =
                                    engine.ask(
                                            now, opened -> check.check(opened, files, pace::rest));
                            hasChecked = true;
                            return new Answer(checked, check.accepted());
                        });
    }

    /** Whether the check that was begun has ended, and {@link #take} gives its answer. */
    boolean hasAnswer() {
        return running != null && running.isDone();
    }

    /**
     * The answer of the check that has ended; once.
     *
     * @throws EngineFailedException if there was no engine to check with
     */
    RuleSetCheck.Checked take() throws EngineFailedException, InterruptedException {
        Future<Answer> ended = running;
        if (ended == null) {
            throw new IllegalStateException("No check was begun");
        }
        running = null;
        try {
            Answer answer = ended.get();
            accepted = answer.accepted();
            return answer.checked();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineFailedException failure) {
                throw failure;
            }
            throw new IllegalStateException("The check of rules failed", e.getCause());
        }
    }

    /** The rules, globals and data models that the last answer taken has accepted. */
    List<RuleSource> accepted() {
        return accepted;
    }

    /** Calls off what is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
        boolean interrupted = false;
        long end = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        while (!thread.isTerminated() && System.nanoTime() < end) {
            try {
                thread.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!thread.isTerminated()) {
            LOG.warn("A rule under check does not end");
        }
        engine.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
