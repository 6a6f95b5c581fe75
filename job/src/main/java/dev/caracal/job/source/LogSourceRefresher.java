package dev.caracal.job.source;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log sources of one task up to date with the control location.
 *
 * <p>They are not broadcast to the tasks: a second input would put a network exchange in front of
 * the object reader, and no checkpoint could pass in the middle of an object.
 */
public final class LogSourceRefresher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogSourceRefresher.class);

    /** Folder of the control location that holds the log sources. */
    public static final String FOLDER = "sources";

    private final ControlLocation location;
    private final SchemaSetCheck schemaSetCheck = new SchemaSetCheck();
    private final ScheduledExecutorService executor;
    private volatile LogSources current;
    private volatile List<QueueSource> queues = List.of();
    private volatile LogSourceMemory memory;
    private SchemaSet schemaSet = new SchemaSet(List.of());
    private LogSourceReader reader = LogSourceReader.forKnownTypes(schemaSet);
    private LogSourceFiles files = LogSourceFiles.NONE;

    /**
     * Reads the log sources once, and again at each interval on a thread of its own.
     *
     * @param before what was in force before a restart
     * @throws IOException if the location cannot be read: to begin without log sources would send
     *     every object to the dead letters
     */
    public LogSourceRefresher(ControlLocation location, Duration interval, LogSourceMemory before)
            throws IOException {
        this.location = location;
        schemaSetCheck.restore(before.schemas());
        SchemaSet schemasBefore = new SchemaSet(schemaSetCheck.accepted());
        this.files =
                LogSourceFiles.NONE.update(
                        before.sources(), LogSourceReader.forKnownTypes(schemasBefore));
        this.current = files.sources();
        this.memory = before;
        this.current = read();
        this.executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "log-source-refresher");
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.scheduleWithFixedDelay(
                this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    public LogSources current() {
        return current;
    }

    /** The queues in force whose messages are log records. */
    public List<QueueSource> queues() {
        return queues;
    }

    /** What is in force, as this task sees it, for the time after a restart. */
    public LogSourceMemory memory() {
        return memory;
    }

    private LogSources read() throws IOException {
        ControlSnapshot snapshot = location.read();
        SchemaSet inForce = schemaSetCheck.check(snapshot.texts(SchemaSetCheck.FOLDER)).schemaSet();
        if (!inForce.equals(schemaSet)) {
            reader = LogSourceReader.forKnownTypes(inForce);
            schemaSet = inForce;
        }
        LogSourceFiles next = files.update(snapshot.texts(FOLDER), reader);
        if (!next.problems().equals(files.problems())) {
            next.problems()
                    .values()
                    .forEach(problem -> LOG.warn("Log source refused: {}", problem));
        }
        queues = List.copyOf(next.queuesByPath().values());
        if (!next.equals(files) || !inForce.schemas().equals(memory.schemas())) {
            memory = new LogSourceMemory(inForce.schemas(), next.yamlByPath());
        }
        boolean same = next.byPath().equals(files.byPath());
        files = next;
        return same ? current : next.sources();
    }

    private void refresh() {
        try {
            current = read();
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the next reading is not to be missed.
            LOG.warn("The control location cannot be read; the log sources stay as they are", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
