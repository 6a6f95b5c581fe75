package dev.caracal.cli.test;

import dev.caracal.rules.LoadResult;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleTester;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An engine that tests rules in a thread of its own, where it begins to open at once. */
final class TestEngine implements AutoCloseable {

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        var thread = new Thread(work, "caracal-test");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final Future<RuleEngine> engine = thread.submit(() -> new RuleEngine());

    Future<LoadResult> use(TestedPack pack) {
        return submit(
                () -> {
                    engine.get().use(pack.lookupTables().tables());
                    return new RuleTester(engine.get()).use(pack.basis());
                });
    }

    <T> Future<T> submit(Callable<T> work) {
        return thread.submit(work);
    }

    /** To be called in the engine's thread. */
    RuleRun test(RuleSource source) throws Exception {
        long start = System.nanoTime();
        try {
            var report = new RuleTester(engine.get()).test(source);
            return new RuleRun(source, Optional.of(report), List.of(), since(start));
        } catch (RuleException e) {
            return new RuleRun(source, Optional.empty(), e.problems(), since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Does not wait: an engine that is still opening would take seconds. */
    @Override
    public void close() {
        submit(
                () -> {
                    engine.get().close();
                    return null;
                });
        thread.shutdown();
    }
}
