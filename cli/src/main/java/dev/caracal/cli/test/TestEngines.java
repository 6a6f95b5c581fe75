package dev.caracal.cli.test;

import dev.caracal.rules.LoadResult;
import dev.caracal.rules.RuleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * As many engines as pay for the number of rules. They stay open from run to run; the first begins
 * to open at once.
 */
final class TestEngines implements AutoCloseable {

    /** A further engine takes as long to open and load the globals as so many rules to test. */
    private static final int RULES_OF_AN_ENGINE = 100;

    /** Each takes a few hundred MB. */
    private static final int MAX_ENGINES = 4;

    private final List<TestEngine> engines = new ArrayList<>(List.of(new TestEngine()));
    private @Nullable TestedPack pack;

    /** Makes the pack's globals, data models and lookup tables those of all engines. */
    LoadResult use(TestedPack wanted) throws InterruptedException, ExecutionException {
        pack = wanted;
        var loading = new ArrayList<Future<LoadResult>>();
        engines.forEach(engine -> loading.add(engine.use(wanted)));
        return loading.get(0).get();
    }

    /** Tests rules, and hands over in their order how they fared. */
    void test(List<RuleSource> rules, Consumer<RuleRun> each)
            throws InterruptedException, ExecutionException {
        openFor(rules.size());
        List<CompletableFuture<RuleRun>> runs =
                rules.stream().map(rule -> new CompletableFuture<RuleRun>()).toList();
        var next = new AtomicInteger();
        for (TestEngine engine : engines) {
            engine.submit(
                    () -> {
                        for (int i = next.getAndIncrement();
                                i < rules.size();
                                i = next.getAndIncrement()) {
                            test(engine, rules.get(i), runs.get(i));
                        }
                        return null;
                    });
        }
        for (CompletableFuture<RuleRun> run : runs) {
            each.accept(run.get());
        }
    }

    /** A failure of the engine itself goes to the caller, who waits for the run. */
    private static void test(TestEngine engine, RuleSource rule, CompletableFuture<RuleRun> run) {
        try {
            run.complete(engine.test(rule));
        } catch (Throwable e) {
            run.completeExceptionally(e);
        }
    }

    private void openFor(int rules) {
        int wanted =
                Math.min(
                        Math.min(Runtime.getRuntime().availableProcessors(), MAX_ENGINES),
                        1 + rules / RULES_OF_AN_ENGINE);
        while (engines.size() < wanted) {
            var engine = new TestEngine();
            if (pack != null) {
                engine.use(pack);
            }
            engines.add(engine);
        }
    }

    @Override
    public void close() {
        engines.forEach(TestEngine::close);
    }
}
