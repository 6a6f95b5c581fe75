package dev.caracal.connectors.control;

import java.util.Objects;

/**
 * A file of the control location whose content does not travel: the data of a lookup table, which
 * may be large. Whoever wants it opens it by {@link ControlLocation#open(String)}.
 *
 * @param path relative to the location, for example {@code lookup_tables/hosts.csv}
 * @param tag changes when the file does
 * @param size in bytes
 */
public record ControlData(String path, String tag, long size) {

    private static final String FOLDER = "lookup_tables";

    public ControlData {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(tag, "tag is null");
    }

    /** Whether a path is that of data: in a folder of lookup tables, and no YAML. */
    static boolean is(String path) {
        return (path.startsWith(FOLDER + '/') || path.contains('/' + FOLDER + '/'))
                && !path.endsWith(".yml")
                && !path.endsWith(".yaml");
    }
}
