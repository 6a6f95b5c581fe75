package dev.caracal.job.lookup;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.lookup.LookupIndex;
import dev.caracal.rules.lookup.LookupTable;
import dev.caracal.rules.lookup.LookupTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lookup tables by which one task works. A new version of a table takes over when its data is
 * loaded; until then the version before stays. For one thread at a time.
 */
public final class TablesInForce {

    private static final Logger LOG = LoggerFactory.getLogger(TablesInForce.class);
    private static final long LOOK_MILLIS = 1_000;

    private final ControlLocation control;
    private final LongSupplier clock;
    private final Consumer<LookupFailure> failures;

    private List<Wanted> wanted = List.of();
    private Map<String, LookupTables.Loaded> loadedByName = new HashMap<>();
    private LookupTables current = LookupTables.NONE;
    private long seenVersion = -1;
    private long lookAgainMillis;

    /**
     * @param control where the files with the data are
     * @param clock gives the time in milliseconds since the epoch
     * @param failures takes what could not be loaded; each failure goes to one task of the JVM
     */
    public TablesInForce(
            ControlLocation control, LongSupplier clock, Consumer<LookupFailure> failures) {
        this.control = control;
        this.clock = clock;
        this.failures = failures;
    }

    /**
     * @param location of the data
     * @param message what went wrong, with the location
     */
    public record LookupFailure(String location, String message) {}

    private record Wanted(LookupTable table, SharedTable shared) {}

    /**
     * Makes these the tables of this task.
     *
     * @param wait whether to load what is missing before this returns, in place of afterwards
     */
    public void use(List<LookupTableSource> sources, boolean wait) {
        List<Wanted> all = new ArrayList<>();
        for (LookupTableSource source : sources) {
            try {
                LookupTable table = source.read();
                SharedTable.Key key = SharedTable.Key.of(control, source, table);
                all.add(new Wanted(table, SharedTables.of(key, control)));
            } catch (RuleException e) {
                LOG.error("An accepted lookup table cannot be read: {}", e.getMessage());
            }
        }
        wanted = all;
        for (Wanted one : all) {
            if (wait) {
                one.shared().ensureLoaded(clock.getAsLong());
            } else {
                SharedTables.loadIfDue(one.shared(), clock);
            }
        }
        rebuild();
    }

    /** Whether {@link #current} differs from what it was when this was last asked. */
    public boolean hasChanged() {
        long now = clock.getAsLong();
        if (!wanted.isEmpty() && now >= lookAgainMillis) {
            lookAgainMillis = now + LOOK_MILLIS;
            wanted.forEach(one -> SharedTables.loadIfDue(one.shared(), clock));
        }
        if (seenVersion == SharedTables.version()) {
            return false;
        }
        rebuild();
        return true;
    }

    public LookupTables current() {
        return current;
    }

    private void rebuild() {
        seenVersion = SharedTables.version();
        Map<String, LookupTables.Loaded> loaded = new HashMap<>();
        for (Wanted one : wanted) {
            String name = one.table().name();
            LookupIndex index = one.shared().index();
            if (index != null) {
                loaded.put(name, new LookupTables.Loaded(one.table(), index));
            } else if (loadedByName.containsKey(name)) {
                loaded.put(name, loadedByName.get(name));
            }
            one.shared()
                    .takeFailure()
                    .ifPresent(
                            message ->
                                    failures.accept(
                                            new LookupFailure(one.shared().location(), message)));
        }
        loadedByName = loaded;
        current = new LookupTables(List.copyOf(loaded.values()));
    }
}
