package dev.caracal.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caracal.rules.candidate.CacheCalls;
import dev.caracal.rules.lookup.LookupTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * A sandboxed Python context with this package's Python loaded: no files, network, processes,
 * threads or environment, and a time limit on each call. For one thread at a time.
 */
final class PythonContext implements AutoCloseable {

    private final Context context;
    private final Watchdog watchdog;
    private final Value globals;
    private final RuleCacheCalls cacheCalls;
    private final ArrayMarks arrayMarks = new ArrayMarks();
    private LookupTables lookupTables = LookupTables.NONE;
    private final long timeLimitNanos;
    private final long loadTimeLimitNanos;

    PythonContext(Duration timeLimit, Duration loadTimeLimit, RuleCache cache) {
        timeLimitNanos = timeLimit.toNanos();
        loadTimeLimitNanos = loadTimeLimit.toNanos();
        Engine engine = PythonEngine.acquire();
        try {
            context = sandbox(engine);
        } catch (RuntimeException | Error e) {
            PythonEngine.release();
            throw e;
        }
        watchdog = new Watchdog(context, timeLimit);
        cacheCalls = new RuleCacheCalls(cache);
        try {
            globals = context.getBindings("python");
            globals.putMember("ARRAY_MARK", arrayMarks.mark);
            globals.putMember("rule_cache", cacheCalls);
            globals.putMember("find_row", (ProxyExecutable) this::findRow);
            globals.putMember("country_codes", (ProxyExecutable) arguments -> countryCodes());
            load("sandbox.py");
            load("event.py");
            load("syntax.py");
            load("modules.py");
            PythonModules.addOwn(global("modules"));
            load("judge.py");
            load("memory.py");
            load("data_model.py");
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static Context sandbox(Engine engine) {
        return Context.newBuilder("python")
                .engine(engine)
                .allowAllAccess(false)
                .allowHostAccess(HostAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowCreateProcess(false)
                .allowCreateThread(false)
                .allowNativeAccess(false)
                .timeZone(ZoneOffset.UTC)
                .in(InputStream.nullInputStream())
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .allowExperimentalOptions(true)
                .option("python.PosixModuleBackend", "java")
                .build();
    }

    /** Runs a Python file that lies beside this class. */
    void load(String name) {
        try {
            context.eval(Source.newBuilder("python", resource(name), name).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a Python file that lies beside this class. */
    static String resource(String name) {
        try (InputStream in = PythonContext.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The jar has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes these the tables that {@code event.lookup} asks. */
    void use(LookupTables tables) {
        lookupTables = tables;
    }

    /** For event.py: the text of a lookup table's row by table and key; None if there is none. */
    private @Nullable Object findRow(Value... arguments) {
        byte[] row = lookupTables.find(arguments[0].asString(), arguments[1].asString());
        return row == null ? null : eventText(row);
    }

    /** For pycountry.py: both codes and the English name of each country, in JSON. */
    static String countryCodes() {
        ArrayNode countries = JsonNodeFactory.instance.arrayNode();
        for (String code : Locale.getISOCountries()) {
            var country = new Locale("", code);
            countries
                    .addArray()
                    .add(code)
                    .add(country.getISO3Country())
                    .add(country.getDisplayCountry(Locale.ENGLISH));
        }
        return countries.toString();
    }

    /** An event's JSON, in UTF-8, as event.py reads it. */
    String eventText(byte[] json) {
        return arrayMarks.wrap(json);
    }

    /** The rule cache, for rules that are evaluated without Python. */
    CacheCalls cacheCalls() {
        return cacheCalls;
    }

    /** Whether Python still answers: a context that was closed or cancelled does no more. */
    boolean answers() {
        try {
            list();
            return true;
        } catch (PolyglotException | IllegalStateException e) {
            return false;
        }
    }

    /** A list of Python. */
    Value list(Object... elements) {
        return globals.getMember("python_list").execute(elements);
    }

    /** A name of this package's Python. */
    Value global(String name) {
        return globals.getMember(name);
    }

    /**
     * Calls under the time limit for judging.
     *
     * @throws PolyglotException if the call ran too long (then {@link
     *     PolyglotException#isInterrupted}) or the sandbox refused something in a way that Python
     *     cannot catch; the context stays usable
     */
    Value call(Value function, Object... arguments) {
        return call(timeLimitNanos, function, arguments);
    }

    /** Calls, as {@link #call} does, with a rule cache that is empty and is then forgotten. */
    Value callApart(Value function, Object... arguments) {
        return cacheCalls.with(new InMemoryRuleCache(), () -> call(function, arguments));
    }

    /** Calls, as {@link #call} does, under the time limit for loading a module. */
    Value load(Value function, Object... arguments) {
        return call(loadTimeLimitNanos, function, arguments);
    }

    /**
     * Compiles what a function of this package's Python does, under the time limit for loading.
     *
     * @param path of the Python file, for messages
     * @param function gives what it compiled, or the failure as JSON text
     * @throws RuleException if it cannot be compiled
     */
    Value compile(String path, String function, Object... arguments) throws RuleException {
        Value compiled;
        try {
            compiled = load(global(function), arguments);
        } catch (PolyglotException e) {
            throw new RuleException(RuleFailure.of(e).problem(path, ""));
        }
        if (compiled.isString()) {
            throw new RuleException(RuleFailure.read(compiled.asString()).problem(path, ""));
        }
        return compiled;
    }

    private Value call(long limitNanos, Value function, Object... arguments) {
        watchdog.start(limitNanos);
        try {
            return function.execute(arguments);
        } finally {
            watchdog.stop();
        }
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            context.close(true);
        } finally {
            PythonEngine.release();
        }
    }
}
