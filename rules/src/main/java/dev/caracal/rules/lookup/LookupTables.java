package dev.caracal.rules.lookup;

import dev.caracal.parsers.Event;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lookup tables that are in force together, and what they add to events: {@code p_enrichment},
 * by table and selector, the row that matches, or where the selector names a list, the list of rows
 * that match one of its elements. Each row says in {@code p_match} what it was found by.
 *
 * <p>Safe for use by any number of threads.
 */
public final class LookupTables {

    /** The field of an event that holds what lookup tables know of it. */
    public static final String ENRICHMENT = "p_enrichment";

    /** The field of a row in {@link #ENRICHMENT} that holds the event's value. */
    static final String MATCH = "p_match";

    public static final LookupTables NONE = new LookupTables(List.of());

    private final Map<String, LookupIndex> indexByName = new HashMap<>();
    private final Map<String, LogTypeLookups> byLogType = new HashMap<>();

    /** A table with its data. */
    public record Loaded(LookupTable table, LookupIndex index) {}

    /**
     * @param loaded no two of one name; tables that are not enabled do not count
     */
    public LookupTables(List<Loaded> loaded) {
        Map<String, Set<Lookup>> lookups = new HashMap<>();
        loaded.stream()
                .filter(one -> one.table().enabled())
                .sorted(Comparator.comparing(one -> one.table().name()))
                .forEach(
                        one -> {
                            indexByName.put(one.table().name(), one.index());
                            one.table()
                                    .selectorsByLogType()
                                    .forEach(
                                            (logType, selectors) ->
                                                    lookups.computeIfAbsent(
                                                                    logType,
                                                                    key -> new LinkedHashSet<>())
                                                            .addAll(lookups(one, selectors)));
                        });
        lookups.forEach(
                (logType, all) -> byLogType.put(logType, new LogTypeLookups(List.copyOf(all))));
    }

    private static List<Lookup> lookups(Loaded loaded, List<Selector> selectors) {
        return selectors.stream()
                .map(selector -> new Lookup(loaded.table().name(), selector, loaded.index()))
                .toList();
    }

    private record Lookup(String table, Selector selector, LookupIndex index) {}

    private record LogTypeLookups(List<Lookup> lookups, SelectorTree tree) {
        LogTypeLookups(List<Lookup> lookups) {
            this(lookups, new SelectorTree(lookups.stream().map(Lookup::selector).toList()));
        }
    }

    /** How many tables there are. */
    public int size() {
        return indexByName.size();
    }

    /** The row of a table as a JSON object in UTF-8; null if there is none, or no such table. */
    public byte @Nullable [] find(String table, String key) {
        LookupIndex index = indexByName.get(table);
        return index == null ? null : index.find(key);
    }

    /** The event with what the tables know of it, or the same one if that is nothing. */
    public Event enrich(Event event) {
        LogTypeLookups lookups = byLogType.get(event.logType());
        if (lookups == null) {
            return event;
        }
        byte[] enriched = enrich(event.json(), lookups);
        return enriched == event.json()
                ? event
                : new Event(
                        event.logType(),
                        event.rowId(),
                        event.eventTimeMillis(),
                        event.parseTimeMillis(),
                        event.sourceId(),
                        enriched);
    }

    private static byte[] enrich(byte[] json, LogTypeLookups lookups) {
        try {
            @Nullable SelectorTree.Found[] found = lookups.tree().find(json);
            Enrichment enrichment = new Enrichment(json);
            for (int i = 0; i < found.length; i++) {
                SelectorTree.Found values = found[i];
                if (values != null) {
                    add(values, lookups.lookups().get(i), enrichment);
                }
            }
            return enrichment.finish();
        } catch (IOException e) {
            // What is no JSON stays as it is.
            return json;
        }
    }

    private static void add(SelectorTree.Found found, Lookup lookup, Enrichment enrichment)
            throws IOException {
        boolean begun = false;
        for (SelectorTree.Value value : found.values()) {
            byte[] row = lookup.index().find(value.text());
            if (row == null) {
                continue;
            }
            if (!begun) {
                enrichment.begin(lookup.table(), lookup.selector().name(), found.isList());
                begun = true;
            }
            enrichment.add(row, value);
        }
        if (begun) {
            enrichment.end(found.isList());
        }
    }
}
