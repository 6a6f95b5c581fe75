package dev.caracal.cli.replay;

import dev.caracal.cli.TimeRange;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.connectors.lake.LakeScan;
import dev.caracal.job.lake.EventTables;
import dev.caracal.job.lake.TextColumns;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the lake that a replay reads.
 *
 * @param scans in the order of their days
 * @param texts what columns of text hold, by table
 * @param unknown log types whose schema is not known
 */
record ReplayedEvents(List<LakeScan> scans, Map<String, TextColumns> texts, List<String> unknown) {

    ReplayedEvents {
        scans = List.copyOf(scans);
        texts = Map.copyOf(texts);
        unknown = List.copyOf(unknown);
    }

    /**
     * @param wanted log types that must be there
     * @param otherwise log types to read if none is wanted, as far as they are there
     * @param own those whose schemas take the place of built-in ones
     */
    static ReplayedEvents plan(
            LakeReader lake,
            Collection<String> wanted,
            Collection<String> otherwise,
            LogTypes own,
            TimeRange range)
            throws IOException {
        List<String> tables = lake.tables();
        List<LakeScan> scans = new ArrayList<>();
        Map<String, TextColumns> texts = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String logType : wanted.isEmpty() ? otherwise : wanted) {
            String table = EventTables.name(logType);
            if (!tables.contains(table)) {
                if (wanted.isEmpty()) {
                    continue;
                }
                throw new WrongUsageException(
                        "there are no events of "
                                + logType
                                + "; `caracal search tables` lists all tables");
            }
            Optional<LogType> schema = own.find(logType).or(() -> LogTypes.builtin().find(logType));
            schema.ifPresent(found -> texts.put(table, EventTables.texts(found)));
            List<LakeScan> found = lake.scans(table, range.from(), range.to());
            if (schema.isEmpty() && !found.isEmpty()) {
                unknown.add(logType);
            }
            scans.addAll(found);
        }
        scans.sort(Comparator.comparingInt(LakeScan::day));
        return new ReplayedEvents(scans, texts, unknown);
    }

    /** About how many events there are. */
    long rows() {
        return scans.stream().mapToLong(LakeScan::rows).sum();
    }
}
