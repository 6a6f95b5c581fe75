package dev.caracal.job.schema;

import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.authoring.SchemaTester;
import dev.caracal.parsers.schema.SchemaChange;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaFile;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One set of files, checked against the schemas in force; log types go by name in lower case. */
final class SchemaSetRound {

    private final Map<String, SchemaSource> before;
    private final Map<String, String> keyByPath = new TreeMap<>();
    private final Map<String, String> builtinByKey = new TreeMap<>();
    private final Map<String, SchemaSource> accepted = new TreeMap<>();
    private final List<SchemaProblem> problems = new ArrayList<>();

    SchemaSetRound(Map<String, SchemaSource> before) {
        this.before = before;
        before.forEach((key, source) -> keyByPath.put(source.path(), key));
        LogTypes.builtin().names().forEach(name -> builtinByKey.put(key(name), name));
    }

    static String key(String logType) {
        return logType.toLowerCase(Locale.ROOT);
    }

    Map<String, SchemaSource> accepted() {
        return accepted;
    }

    List<SchemaProblem> problems() {
        return problems;
    }

    /** A file that has a log type keeps it; so those come first. */
    void run(SortedMap<String, String> files) {
        Map<SchemaSource, SchemaFile> readable = new LinkedHashMap<>();
        files.forEach(
                (path, yaml) -> {
                    if (path.endsWith(".yml") || path.endsWith(".yaml")) {
                        read(new SchemaSource(path, yaml), readable);
                    }
                });
        Comparator<Map.Entry<SchemaSource, SchemaFile>> ownersFirst =
                Comparator.comparing(
                        entry ->
                                !key(entry.getValue().schema().name())
                                        .equals(keyByPath.get(entry.getKey().path())));
        readable.entrySet().stream()
                .sorted(ownersFirst)
                .toList()
                .forEach(entry -> take(entry.getKey(), entry.getValue()));
    }

    private void read(SchemaSource source, Map<SchemaSource, SchemaFile> readable) {
        try {
            SchemaFile file = source.readFile();
            source.logType(file);
            readable.put(source, file);
        } catch (SchemaException e) {
            refuse(source, String.valueOf(e.getMessage()));
        }
    }

    private void take(SchemaSource source, SchemaFile file) {
        String name = file.schema().name();
        String key = key(name);
        String builtin = builtinByKey.get(key);
        if (builtin != null) {
            String as = builtin.equals(name) ? "" : " as " + builtin;
            refuse(source, clash(source, name, "built in" + as + "; give yours another name"));
            return;
        }
        SchemaSource other = accepted.get(key);
        if (other != null) {
            refuse(source, clash(source, name, "already defined by " + other.path()));
            return;
        }
        SchemaSource old = before.get(key);
        if (old != null && old.yaml().equals(source.yaml())) {
            accepted.put(key, source);
            return;
        }
        List<String> wrong = failedTests(file);
        if (old != null) {
            wrong.addAll(refusedChanges(old, file));
        }
        wrong.forEach(message -> refuse(source, message));
        if (wrong.isEmpty()) {
            accepted.put(key, source);
        } else if (old != null) {
            accepted.put(key, old);
        }
    }

    private static String clash(SchemaSource source, String name, String what) {
        return source.path() + ": log type " + name + " is " + what;
    }

    private static List<String> failedTests(SchemaFile file) {
        List<String> failed = new ArrayList<>();
        SchemaTester.test(file, InstantSource.system()).stream()
                .filter(result -> !result.passed())
                .forEach(
                        result ->
                                failed.add(
                                        file.name()
                                                + ", line "
                                                + result.test().line()
                                                + ": test '"
                                                + result.test().name()
                                                + "' fails: "
                                                + String.join("; ", result.differences())));
        return failed;
    }

    private static List<String> refusedChanges(SchemaSource before, SchemaFile after) {
        try {
            return SchemaChange.check(before.readFile(), after).stream()
                    .map(SchemaChange::toString)
                    .toList();
        } catch (IllegalArgumentException e) {
            // The name is written with other capitals.
            return List.of(String.valueOf(e.getMessage()));
        } catch (SchemaException e) {
            throw new IllegalStateException("An accepted schema cannot be read", e);
        }
    }

    /** The file's version before, if it has one, stays. */
    private void refuse(SchemaSource source, String message) {
        problems.add(new SchemaProblem(source.path(), message));
        String key = keyByPath.get(source.path());
        SchemaSource old = key == null ? null : before.get(key);
        if (key != null && old != null && !builtinByKey.containsKey(key)) {
            accepted.putIfAbsent(key, old);
        }
    }
}
