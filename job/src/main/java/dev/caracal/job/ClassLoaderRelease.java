package dev.caracal.job;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.runtime.ObjectMethods;
import java.security.Provider;
import java.security.Security;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what libraries leave in the JVM, when the last task of a job has ended there. Each
 * leaving would keep the job's class loader alive after a cancelled job, at 70 MB of metaspace a
 * time, and 115 MB more with a lake. Never throws: what cannot be taken back is logged.
 */
public final class ClassLoaderRelease {

    private static final Logger LOG = LoggerFactory.getLogger(ClassLoaderRelease.class);

    /** How long the end of the job's last task may wait for a shutdown hook. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClassLoader loader;

    private ClassLoaderRelease(ClassLoader loader) {
        this.loader = loader;
    }

    /** To be called by functions that open a rule engine or the lake. */
    public static void registerIn(RuntimeContext context) {
        context.registerUserCodeClassLoaderReleaseHookIfAbsent(
                ClassLoaderRelease.class.getName(), ClassLoaderRelease::run);
    }

    static void run() {
        ClassLoader loader = ClassLoaderRelease.class.getClassLoader();
        if (loader == ClassLoader.getSystemClassLoader()) {
            return; // lives as long as the JVM, and so may its leavings
        }
        ClassLoaderRelease release = new ClassLoaderRelease(loader);
        attempt("shutdown hooks", release::runShutdownHooks);
        attempt("database drivers", release::deregisterDrivers);
        attempt("security providers", release::removeSecurityProviders);
        attempt("record method cache", ClassLoaderRelease::replaceRecordMethodCache);
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.warn("Cannot take back the job's {}: its classes may stay loaded", what, e);
        }
    }

    private boolean isOurs(@Nullable Object object) {
        return object != null && object.getClass().getClassLoader() == loader;
    }

    /**
     * What libraries put off until the JVM ends is due now: Iceberg ends its thread pools so, and
     * GraalPy its engines. Neither has another method for it.
     */
    private void runShutdownHooks() throws ReflectiveOperationException, InterruptedException {
        Field hooksField =
                Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        if (!(read(hooksField, null) instanceof Map<?, ?> hooks)) {
            return;
        }
        Field target = Thread.class.getDeclaredField("target");
        List<Thread> due = new ArrayList<>();
        for (Object hook : new ArrayList<>(hooks.keySet())) {
            if (hook instanceof Thread thread && (isOurs(thread) || isOurs(read(target, thread)))) {
                Runtime.getRuntime().removeShutdownHook(thread);
                thread.start();
                due.add(thread);
            }
        }
        for (Thread thread : due) {
            thread.join(PATIENCE.toMillis());
        }
    }

    /** SQLite's driver registers itself when it is loaded. */
    private void deregisterDrivers() throws SQLException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (isOurs(driver)) {
                DriverManager.deregisterDriver(driver);
            }
        }
    }

    /** GraalPy registers Bouncy Castle for hashlib. */
    private void removeSecurityProviders() {
        for (Provider provider : Security.getProviders()) {
            if (isOurs(provider)) {
                Security.removeProvider(provider.getName());
            }
        }
    }

    /** JDK 17 keeps the types of the last records whose hashCode and equals were linked. */
    private static void replaceRecordMethodCache() throws Throwable {
        for (String method : List.of("hashCode", "equals")) {
            ObjectMethods.bootstrap(
                    MethodHandles.lookup(),
                    method,
                    MethodHandle.class,
                    String.class,
                    "a",
                    MethodHandles.identity(String.class));
        }
    }

    /** Reads a field of the JDK: Flink opens java.lang; where it is closed, Unsafe still reads. */
    private static @Nullable Object read(Field field, @Nullable Object owner)
            throws ReflectiveOperationException {
        if (field.trySetAccessible()) {
            return field.get(owner);
        }
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Object unsafe = instance.get(null);
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        String offsetMethod = isStatic ? "staticFieldOffset" : "objectFieldOffset";
        Object offset = type.getMethod(offsetMethod, Field.class).invoke(unsafe, field);
        Object base =
                isStatic
                        ? type.getMethod("staticFieldBase", Field.class).invoke(unsafe, field)
                        : owner;
        return type.getMethod("getObject", Object.class, long.class).invoke(unsafe, base, offset);
    }

    private interface Step {
        void run() throws Throwable;
    }
}
