package dev.caracal.job.lookup;

import dev.caracal.connectors.control.ControlData;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.control.ControlSnapshot;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.UserLogTypes;
import dev.caracal.parsers.LogTypes;
import dev.caracal.rules.LookupTableReader;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RulePackReader;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.lookup.LookupData;
import dev.caracal.rules.lookup.LookupSchema;
import dev.caracal.rules.lookup.LookupTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Decides which lookup tables are in force, from the files of the control location.
 *
 * <p>A table is accepted if its definition can be read and, where it names a file, the file's data
 * too. One that is not leaves the version before it in force. Tables that are not enabled, or whose
 * data is elsewhere, are passed over.
 */
public final class LookupTableCheck {

    /** Folders of the control location that may hold lookup tables. */
    private static final List<String> FOLDERS = List.of("lookup_tables", "rules");

    private final ControlLocation control;
    private final LongSupplier clock;
    private final RulePackReader reader = new RulePackReader();
    private Map<String, LookupTableSource> acceptedByPath = new TreeMap<>();

    /** Keeps the data that was read for the tasks of this JVM that are about to ask for it. */
    private List<SharedTable> held = List.of();

    /**
     * @param control where the files with the data are
     * @param clock gives the time in milliseconds since the epoch
     */
    public LookupTableCheck(ControlLocation control, LongSupplier clock) {
        this.control = control;
        this.clock = clock;
    }

    /**
     * @param tables the tables in force
     * @param problems what is wrong with the files that were refused
     */
    public record Checked(List<LookupTableSource> tables, List<RuleProblem> problems) {}

    /** Takes up what was accepted before a restart. */
    public void restore(Iterable<LookupTableSource> accepted) {
        accepted.forEach(source -> acceptedByPath.put(source.path(), source));
    }

    public List<LookupTableSource> accepted() {
        return List.copyOf(acceptedByPath.values());
    }

    public Checked check(ControlSnapshot snapshot, SchemaSet schemas) {
        Map<String, String> files = new TreeMap<>();
        FOLDERS.forEach(folder -> files.putAll(snapshot.texts(folder)));
        files.values().removeIf(text -> !text.contains("lookup_table"));
        RulePack pack = reader.read(files);
        List<RuleProblem> problems = new ArrayList<>(pack.problems());
        Map<String, String> tagByPath =
                snapshot.data().stream()
                        .collect(Collectors.toMap(ControlData::path, ControlData::tag));
        UserLogTypes logTypes = UserLogTypes.of(schemas);

        Map<String, LookupTableSource> accepted = new TreeMap<>();
        Set<String> read = new HashSet<>();
        List<SharedTable> loaded = new ArrayList<>();
        for (RuleSource source : pack.lookupTables()) {
            read.add(source.path());
            try {
                LookupTable table = LookupTableReader.read(source);
                if (table.enabled() && !(table.data() instanceof LookupData.Elsewhere)) {
                    LookupTableSource wanted =
                            LookupTableSource.of(
                                    source, tag(table, tagByPath), schema(table, logTypes));
                    loaded.add(load(wanted, table));
                    accepted.put(source.path(), wanted);
                }
            } catch (RuleException e) {
                problems.addAll(e.problems());
                keep(source.path(), accepted);
            }
        }
        acceptedByPath.keySet().stream()
                .filter(path -> files.containsKey(path) && !read.contains(path))
                .toList()
                .forEach(path -> keep(path, accepted));
        acceptedByPath = accepted;
        held = loaded;
        return new Checked(accepted(), problems);
    }

    private void keep(String path, Map<String, LookupTableSource> accepted) {
        LookupTableSource before = acceptedByPath.get(path);
        if (before != null) {
            accepted.put(path, before);
        }
    }

    private static String tag(LookupTable table, Map<String, String> tagByPath)
            throws RuleException {
        if (!(table.data() instanceof LookupData.File file)) {
            return "";
        }
        String tag = tagByPath.get(file.path());
        if (tag == null) {
            throw refused(
                    table,
                    "Filename: there is no file " + file.path() + " in a folder lookup_tables");
        }
        return tag;
    }

    private static LookupSchema schema(LookupTable table, UserLogTypes logTypes) {
        return logTypes.find(table.schema())
                .or(() -> LogTypes.builtin().find(table.schema()))
                .map(logType -> LookupSchema.of(logType.schema(), table.primaryKey()))
                .orElse(LookupSchema.NONE);
    }

    /** An S3 object is left to the tasks, which try again where S3 is out of reach. */
    private SharedTable load(LookupTableSource source, LookupTable table) throws RuleException {
        SharedTable shared = SharedTables.of(SharedTable.Key.of(control, source, table), control);
        if (table.data() instanceof LookupData.File
                && !source.equals(acceptedByPath.get(source.path()))) {
            shared.ensureLoaded(clock.getAsLong());
            if (shared.index() == null) {
                throw refused(table, shared.takeFailure().orElse("its data cannot be loaded"));
            }
        }
        return shared;
    }

    private static RuleException refused(LookupTable table, String reason) {
        return new RuleException(new RuleProblem(table.path(), 0, reason));
    }
}
