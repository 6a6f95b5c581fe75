package dev.caracal.cli.source;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.job.schema.UserLogTypes;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSourceFiles;
import dev.caracal.job.source.LogSourceReader;
import dev.caracal.job.source.LogSourceRefresher;
import dev.caracal.job.source.LogSourceWriter;
import dev.caracal.job.source.LogSources;
import dev.caracal.job.source.PrefixLogTypes;
import dev.caracal.job.source.QueueSource;
import dev.caracal.parsers.LogTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log sources of a control location, as the job would read them now. */
public final class SourceFolder {

    private final ControlLocation location;
    private final LogSourceFiles files;
    private final Set<String> logTypes;

    private SourceFolder(ControlLocation location, LogSourceFiles files, Set<String> logTypes) {
        this.location = location;
        this.files = files;
        this.logTypes = logTypes;
    }

    public static SourceFolder open(ControlLocation location) throws IOException {
        ControlSnapshot snapshot = location.read();
        SchemaSet schemas =
                new SchemaSetCheck().check(snapshot.texts(SchemaSetCheck.FOLDER)).schemaSet();
        Set<String> logTypes = new TreeSet<>(LogTypes.builtin().names());
        logTypes.addAll(UserLogTypes.of(schemas).names());
        return new SourceFolder(
                location,
                LogSourceFiles.NONE.update(
                        snapshot.texts(LogSourceRefresher.FOLDER),
                        LogSourceReader.forKnownTypes(schemas)),
                logTypes);
    }

    /** By name. */
    List<LogSource> sources() {
        return files.byPath().values().stream()
                .sorted(Comparator.comparing(LogSource::name).thenComparing(LogSource::id))
                .toList();
    }

    /** The queues whose messages are log records, by name. */
    List<QueueSource> queues() {
        return files.queuesByPath().values().stream()
                .sorted(Comparator.comparing(QueueSource::name).thenComparing(QueueSource::id))
                .toList();
    }

    /** The queue of that id, or else of that name. */
    public Optional<QueueSource> findQueue(String idOrName) {
        return queues().stream()
                .filter(queue -> queue.id().equals(idOrName))
                .findFirst()
                .or(
                        () ->
                                queues().stream()
                                        .filter(queue -> queue.name().equalsIgnoreCase(idOrName))
                                        .findFirst());
    }

    /** The log sources, as the job finds them. */
    public LogSources logSources() {
        return files.sources();
    }

    /** A message for each file that the job refuses, by path. */
    Map<String, String> problems() {
        return new TreeMap<>(files.problems());
    }

    /** The built-in log types and those of the location's schemas. */
    LogTypeChoice logTypes() {
        return new LogTypeChoice(logTypes);
    }

    /**
     * The log source of that id, or else of that name.
     *
     * @throws WrongUsageException if there is none
     */
    public LogSource find(String idOrName) {
        for (LogSource source : sources()) {
            if (source.id().equals(idOrName)) {
                return source;
            }
        }
        List<LogSource> named =
                sources().stream()
                        .filter(source -> source.name().equalsIgnoreCase(idOrName))
                        .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        if (named.size() > 1) {
            throw new WrongUsageException(
                    "several log sources are named \""
                            + idOrName
                            + "\"; give one of the ids "
                            + named.stream().map(LogSource::id).toList());
        }
        String refused = files.problems().get(newPath(idOrName));
        throw new WrongUsageException(
                refused != null
                        ? "the file of log source \"" + idOrName + "\" is refused: " + refused
                        : "there is no log source \""
                                + idOrName
                                + "\" in "
                                + location
                                + "; expected one of "
                                + ids());
    }

    private List<String> ids() {
        return Stream.concat(
                        sources().stream().map(LogSource::id),
                        queues().stream().map(QueueSource::id))
                .toList();
    }

    /** The path of a queue's file. */
    String path(QueueSource source) {
        return files.queuesByPath().entrySet().stream()
                .filter(file -> file.getValue().id().equals(source.id()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> newPath(source.id()));
    }

    /** The path of a log source's file. */
    String path(LogSource source) {
        return files.byPath().entrySet().stream()
                .filter(file -> file.getValue().id().equals(source.id()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> newPath(source.id()));
    }

    static String newPath(String id) {
        return LogSourceRefresher.FOLDER + '/' + id + ".yml";
    }

    /** An id for a new log source that tells people which it is. */
    String newId(String name) {
        String id = SourceNames.normalized(name);
        Set<String> taken = new TreeSet<>(files.problems().keySet());
        sources().forEach(source -> taken.add(newPath(source.id())));
        taken.addAll(files.byPath().keySet());
        queues().forEach(queue -> taken.add(newPath(queue.id())));
        taken.addAll(files.queuesByPath().keySet());
        if (!taken.contains(newPath(id))) {
            return id;
        }
        int number = 2;
        while (taken.contains(newPath(id + '-' + number))) {
            number++;
        }
        return id + '-' + number;
    }

    /**
     * Checks a log source against the others.
     *
     * @param before the one that it replaces; null for a new one
     * @throws WrongUsageException if both claim the same
     */
    void check(LogSource source, @Nullable LogSource before) {
        if (before == null && ids().contains(source.id())) {
            throw idTaken(source.id());
        }
        for (LogSource other : sources()) {
            if (before != null && other.id().equals(before.id())) {
                continue;
            }
            String conflict = conflict(source, other);
            if (conflict != null) {
                throw new WrongUsageException(
                        "log source \"" + other.id() + "\" already has " + conflict);
            }
        }
        String refused = files.problems().get(newPath(source.id()));
        if (before == null && refused != null) {
            throw new WrongUsageException(
                    "there is a file of id \"" + source.id() + "\" that is refused: " + refused);
        }
    }

    /**
     * Checks a queue against the other log sources.
     *
     * @param before the one that it replaces; null for a new one
     * @throws WrongUsageException if both claim the same
     */
    void check(QueueSource source, @Nullable QueueSource before) {
        if (before == null && ids().contains(source.id())) {
            throw idTaken(source.id());
        }
        for (QueueSource other : queues()) {
            if (!other.id().equals(source.id()) && other.queueUrl().equals(source.queueUrl())) {
                throw new WrongUsageException(
                        "log source \""
                                + other.id()
                                + "\" already has the queue "
                                + other.queueUrl());
            }
        }
    }

    private static WrongUsageException idTaken(String id) {
        return new WrongUsageException(
                "log source \""
                        + id
                        + "\" already has the id "
                        + id
                        + "; give another, such as --id "
                        + id
                        + "-2");
    }

    private static @Nullable String conflict(LogSource source, LogSource other) {
        if (source.id().equals(other.id())) {
            return "the id " + other.id() + "; give another, such as --id " + other.id() + "-2";
        }
        if (source.accountId().equals(other.accountId())
                && SourceNames.normalized(source.name())
                        .equals(SourceNames.normalized(other.name()))) {
            return "the name \""
                    + other.name()
                    + "\" in account "
                    + other.accountId()
                    + ", and with it the role; give another, such as --name \""
                    + other.name()
                    + " 2\"";
        }
        if (!source.bucket().equals(other.bucket())) {
            return null;
        }
        List<String> prefixes =
                other.prefixLogTypes().stream().map(PrefixLogTypes::prefix).toList();
        for (PrefixLogTypes entry : source.prefixLogTypes()) {
            if (prefixes.contains(entry.prefix())) {
                return "the prefix \""
                        + entry.prefix()
                        + "\" of bucket "
                        + other.bucket()
                        + "; add the log types there: caracal source update "
                        + other.id();
            }
        }
        return null;
    }

    /**
     * The log sources of a bucket whose notifications are managed.
     *
     * @param changed one of them as it will be; null if it goes
     */
    List<LogSource> managed(LogSource before, @Nullable LogSource changed) {
        List<LogSource> managed = new ArrayList<>();
        for (LogSource source : sources()) {
            if (!source.id().equals(before.id()) && source.bucket().equals(before.bucket())) {
                managed.add(source);
            }
        }
        if (changed != null) {
            managed.add(changed);
        }
        managed.removeIf(source -> !source.managedNotifications());
        return managed;
    }

    /** Writes the log source's file; the job takes it up without a restart. */
    void save(LogSource source) throws IOException {
        location.write(path(source), LogSourceWriter.yaml(source));
    }

    /** Writes the queue's file; the job takes it up without a restart. */
    void save(QueueSource source) throws IOException {
        location.write(path(source), LogSourceWriter.yaml(source));
    }

    void remove(QueueSource source) throws IOException {
        location.delete(path(source));
    }

    void remove(LogSource source) throws IOException {
        location.delete(path(source));
    }

    /** Whether another log source is of the same account, so that its topics stay welcome. */
    boolean accountIsShared(LogSource source) {
        return sources().stream()
                .anyMatch(
                        other ->
                                !Objects.equals(other.id(), source.id())
                                        && other.accountId().equals(source.accountId()));
    }
}
