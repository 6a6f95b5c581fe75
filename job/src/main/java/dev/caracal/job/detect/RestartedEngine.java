package dev.caracal.job.detect;

import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.RuleWarning;
import dev.caracal.rules.lookup.LookupTables;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule engine that is opened again, with the same rules and tables, when it cannot be opened or
 * is broken. Each time in a row it pauses twice as long.
 */
final class RestartedEngine implements AutoCloseable {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RestartedEngine.class);

    private final Supplier<RuleEngine> open;
    private @Nullable RuleEngine engine;
    private List<RuleSource> rules = List.of();
    private LookupTables tables = LookupTables.NONE;

    private String failure = "";
    private long pauseMillis = FIRST_PAUSE.toMillis();
    private long pausedUntilMillis;

    RestartedEngine(Supplier<RuleEngine> open) {
        this.open = open;
    }

    /**
     * Opens the engine before it is asked. If that fails, it is tried again at the first question.
     */
    void warmUp() {
        try {
            // So long ago that the pause after a failure is over when the first question comes.
            engine(0);
        } catch (EngineFailedException e) {
            LOG.debug("Not warmed up", e);
        }
    }

    private RuleEngine engine(long now) throws EngineFailedException {
        RuleEngine opened = engine;
        if (opened != null) {
            return opened;
        }
        if (now < pausedUntilMillis) {
            throw new EngineFailedException(failure);
        }
        try {
            opened = open.get();
            engine = opened;
            opened.use(tables);
            load(opened);
            return opened;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw failed("The rule engine cannot be opened", e, now);
        }
    }

    /**
     * What the engine answers.
     *
     * @throws EngineFailedException if there is none, or it fails; if it then answers nothing any
     *     more, another one follows
     */
    <T> T ask(long now, Function<RuleEngine, T> question) throws EngineFailedException {
        RuleEngine opened = engine(now);
        try {
            T answer = question.apply(opened);
            pauseMillis = FIRST_PAUSE.toMillis();
            return answer;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (opened.isUsable()) {
                LOG.error("The rule engine failed", e);
                throw new EngineFailedException("The rule engine failed: " + e);
            }
            throw failed("The rule engine broke", e, now);
        }
    }

    private EngineFailedException failed(String what, Throwable cause, long now) {
        LOG.error("{}; it is opened again in {} ms", what, pauseMillis, cause);
        close();
        failure = what + ": " + cause;
        pausedUntilMillis = now + pauseMillis;
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis());
        return new EngineFailedException(failure);
    }

    /** Makes these the tables that rules ask, of this engine and those that follow it. */
    void use(LookupTables lookupTables) {
        tables = lookupTables;
        if (engine != null) {
            engine.use(lookupTables);
        }
    }

    /** Makes these the rules, of this engine and those that follow it. */
    void load(List<RuleSource> sources) {
        rules = List.copyOf(sources);
        if (engine != null) {
            load(engine);
        }
    }

    private void load(RuleEngine opened) {
        for (RuleProblem problem : opened.load(rules).problems()) {
            LOG.error("What was accepted cannot be loaded, {}", problem);
        }
    }

    List<RuleWarning> takeWarnings() {
        return engine == null ? List.of() : engine.takeWarnings();
    }

    /** The number of rules, without the globals and data models that they use. */
    int size() {
        return (int) rules.stream().filter(source -> source.type().isRule()).count();
    }

    @Override
    public void close() {
        RuleEngine closed = engine;
        engine = null;
        if (closed == null) {
            return;
        }
        try {
            closed.close();
        } catch (RuntimeException e) {
            LOG.warn("The rule engine cannot be closed", e);
        }
    }
}
