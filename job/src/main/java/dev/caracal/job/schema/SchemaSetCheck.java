package dev.caracal.job.schema;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.schema.SchemaException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which schemas are in force, from the files of the control location.
 *
 * <p>A schema is accepted if it can be read, its log type is neither built in nor another file's,
 * and the events stored before would still fit it. One that is not leaves the version before it in
 * force. Names that differ in case alone count as one, since tables and folders are named in lower
 * case.
 */
public final class SchemaSetCheck {

    /** Folder of the control location that holds the schemas, in folders of any depth. */
    public static final String FOLDER = "schemas";

    /** By name of the log type, in lower case. */
    private Map<String, SchemaSource> accepted = new TreeMap<>();

    /** The files checked last, null before the first. */
    private @Nullable SortedMap<String, String> seen;

    private Checked checked = new Checked(new SchemaSet(List.of()), List.of());

    /**
     * @param problems what is wrong with the files that were refused
     */
    public record Checked(SchemaSet schemaSet, List<SchemaProblem> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /** Takes up schemas that were accepted before. One that can no longer be read is left out. */
    public void restore(Iterable<SchemaSource> sources) {
        for (SchemaSource source : sources) {
            try {
                accepted.put(key(source.read()), source);
            } catch (SchemaException e) {
                // The same file is refused with this reason when it is checked.
            }
        }
    }

    /** The accepted schemas, by name of the log type. */
    public List<SchemaSource> accepted() {
        return List.copyOf(accepted.values());
    }

    /**
     * @param files all there are under {@link #FOLDER}; those that are not YAML by name do not
     *     count
     */
    public Checked check(SortedMap<String, String> files) {
        if (!files.equals(seen)) {
            Round round = new Round(files);
            round.run();
            accepted = round.accepted;
            seen = files;
            checked = new Checked(new SchemaSet(accepted()), round.problems);
        }
        return checked;
    }

    private static String key(LogType logType) {
        return logType.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isYaml(String path) {
        return path.endsWith(".yml") || path.endsWith(".yaml");
    }

    /** One set of files being checked against what is in force. */
    private final class Round {

        private final Map<String, SchemaSource> accepted = new TreeMap<>();
        private final List<SchemaProblem> problems = new ArrayList<>();
        private final Map<SchemaSource, LogType> readable = new LinkedHashMap<>();
        private final Map<String, String> keyByPath = new TreeMap<>();
        private final Map<String, String> builtinByKey = new TreeMap<>();

        Round(SortedMap<String, String> files) {
            SchemaSetCheck.this.accepted.forEach(
                    (key, source) -> keyByPath.put(source.path(), key));
            LogTypes.builtin()
                    .names()
                    .forEach(name -> builtinByKey.put(name.toLowerCase(Locale.ROOT), name));
            files.forEach(
                    (path, yaml) -> {
                        if (isYaml(path)) {
                            read(new SchemaSource(path, yaml));
                        }
                    });
        }

        private void read(SchemaSource source) {
            try {
                readable.put(source, source.read());
            } catch (SchemaException e) {
                refuse(source, String.valueOf(e.getMessage()));
            }
        }

        /** The file that has a log type keeps it; so those come first. */
        void run() {
            Comparator<Map.Entry<SchemaSource, LogType>> ownersFirst =
                    Comparator.comparing(
                            entry ->
                                    !key(entry.getValue())
                                            .equals(keyByPath.get(entry.getKey().path())));
            readable.entrySet().stream()
                    .sorted(ownersFirst)
                    .toList()
                    .forEach(entry -> take(entry.getKey(), entry.getValue()));
        }

        private void take(SchemaSource source, LogType logType) {
            String key = key(logType);
            String builtin = builtinByKey.get(key);
            if (builtin != null) {
                refuse(
                        source,
                        source.path()
                                + ": log type "
                                + logType.name()
                                + " is built in"
                                + (builtin.equals(logType.name()) ? "" : " as " + builtin)
                                + "; give yours another name");
                return;
            }
            SchemaSource other = accepted.get(key);
            if (other != null && !other.path().equals(source.path())) {
                refuse(
                        source,
                        source.path()
                                + ": log type "
                                + logType.name()
                                + " is already defined by "
                                + other.path());
                return;
            }
            SchemaSource before = SchemaSetCheck.this.accepted.getOrDefault(key, source);
            List<String> changes = refusedChanges(before, source);
            changes.forEach(change -> problems.add(new SchemaProblem(source.path(), change)));
            accepted.put(key, changes.isEmpty() ? source : before);
        }

        /** The file's version before, if it has one, stays. */
        private void refuse(SchemaSource source, String message) {
            problems.add(new SchemaProblem(source.path(), message));
            String key = keyByPath.get(source.path());
            SchemaSource before = key == null ? null : SchemaSetCheck.this.accepted.get(key);
            if (before != null && !builtinByKey.containsKey(key)) {
                accepted.putIfAbsent(key, before);
            }
        }
    }

    private static List<String> refusedChanges(SchemaSource before, SchemaSource after) {
        return List.of();
    }
}
