package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
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

    @Test
    void aClosedEngineLeavesNothingThatKeepsItsClassLoader() throws Exception {
        WeakReference<ClassLoader> loader = openAndClose();

        assertThat(isCollected(loader)).isTrue();
    }

    private static WeakReference<ClassLoader> openAndClose() throws Exception {
        var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        // A thread of its own, as a task of a job has, since some libraries keep thread locals.
        var task =
                new FutureTask<Void>(
                        () -> {
                            Class<?> type = loader.loadClass(RuleEngine.class.getName());
                            var engine = (AutoCloseable) type.getConstructor().newInstance();
                            engine.close();
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
