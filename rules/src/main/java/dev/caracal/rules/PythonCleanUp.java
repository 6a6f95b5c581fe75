package dev.caracal.rules;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.runtime.ObjectMethods;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what a closed engine leaves in the JVM. Each of the three would keep the job's class
 * loader alive after a cancelled job, at 70 MB of metaspace a time. Never throws: what cannot be
 * taken back is logged.
 */
final class PythonCleanUp {

    private static final Logger LOG = LoggerFactory.getLogger(PythonCleanUp.class);

    private PythonCleanUp() {}

    static void run(ClassLoader loader) {
        if (loader == ClassLoader.getSystemClassLoader()) {
            return; // lives as long as the JVM, and so may its leavings
        }
        attempt("security providers", () -> removeSecurityProviders(loader));
        attempt("shutdown hook", () -> removeShutdownHooks(loader));
        attempt("record method cache", PythonCleanUp::replaceRecordMethodCache);
    }

    private static void attempt(String what, CleanUp cleanUp) {
        try {
            cleanUp.run();
        } catch (Throwable e) {
            LOG.warn(
                    "Cannot take back the Python engine's {}: it may keep classes loaded", what, e);
        }
    }

    /** GraalPy registers Bouncy Castle for hashlib. */
    private static void removeSecurityProviders(ClassLoader loader) {
        for (Provider provider : Security.getProviders()) {
            if (provider.getClass().getClassLoader() == loader) {
                Security.removeProvider(provider.getName());
            }
        }
    }

    /** Engine registers a hook once per class loader, and has no method to remove it. */
    private static void removeShutdownHooks(ClassLoader loader)
            throws ReflectiveOperationException {
        Field hooksField =
                Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        Object hooks = read(hooksField, null);
        if (!(hooks instanceof Map<?, ?> map)) {
            return;
        }
        Field target = Thread.class.getDeclaredField("target");
        for (Object hook : new ArrayList<>(map.keySet())) {
            Object task = read(target, hook);
            if (task != null
                    && task.getClass().getClassLoader() == loader
                    && task.getClass().getName().startsWith("org.graalvm.polyglot.")) {
                Runtime.getRuntime().removeShutdownHook((Thread) hook);
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

    private interface CleanUp {
        void run() throws Throwable;
    }
}
