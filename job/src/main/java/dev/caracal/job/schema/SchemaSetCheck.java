package dev.caracal.job.schema;

import dev.caracal.parsers.schema.SchemaChange;
import dev.caracal.parsers.schema.SchemaException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which schemas are in force, from the files of the control location.
 *
 * <p>A schema is accepted if it can be read, its log type is neither built in nor another file's,
 * its own tests pass, and the events stored before would still fit it ({@link SchemaChange}). One
 * that is not leaves the version before it in force. Names that differ in case alone count as one,
 * since tables and folders are named in lower case.
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
                accepted.put(SchemaSetRound.key(source.read().name()), source);
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
            SchemaSetRound round = new SchemaSetRound(accepted);
            round.run(files);
            accepted = round.accepted();
            seen = files;
            checked = new Checked(new SchemaSet(accepted()), round.problems());
        }
        return checked;
    }
}
