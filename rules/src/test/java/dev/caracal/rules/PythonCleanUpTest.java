package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A job that is cancelled must not keep its class loader, at 70 MB of metaspace a time. */
class PythonCleanUpTest {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int CYCLES = 10;
    private static final long GROWTH_BYTES = 10_000_000;

    /** What a task does between its opening and its close. */
    public static final class OneEvaluation implements Runnable {
        @Override
        public void run() {
            try (var engine = new RuleEngine()) {
                engine.put(Rules.rule("Test.One", "def rule(event):\n    return 'a' in event"));
                if (engine.evaluate(Rules.event("{\"a\":1}")).size() != 1) {
                    throw new AssertionError("The rule does not match");
                }
            } catch (RuleException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void engineAfterEngineIsCollectedWithItsClassLoader() throws Exception {
        long first = 0;
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            WeakReference<ClassLoader> loader = evaluateOnce();
            assertThat(isCollected(loader)).as("cycle %s", cycle).isTrue();
            first = cycle == 1 ? metaspace() : first;
        }
        assertThat(metaspace()).isLessThan(first + GROWTH_BYTES);
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static WeakReference<ClassLoader> evaluateOnce() throws Exception {
        var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        // A thread of its own, as a task of a job has, since some libraries keep thread locals.
        var task =
                new FutureTask<Void>(
                        () -> {
                            Class<?> type = loader.loadClass(OneEvaluation.class.getName());
                            ((Runnable) type.getConstructor().newInstance()).run();
                            return null;
                        });
        var thread = new Thread(task, "job");
        thread.setContextClassLoader(loader);
        thread.start();
        task.get();
        thread.join();
        loader.close();
        return new WeakReference<>(loader);
    }

    private static URL[] classPath() throws MalformedURLException {
        var urls = new ArrayList<URL>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(path).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static boolean isCollected(WeakReference<ClassLoader> loader) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (loader.get() != null && System.nanoTime() < end) {
            System.gc();
        }
        return loader.get() == null;
    }
}
