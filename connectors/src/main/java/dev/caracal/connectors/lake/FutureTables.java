package dev.caracal.connectors.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets tables be changed that were last changed in the future, as happens when a clock was ahead
 * and is right again.
 *
 * <p>Iceberg refuses each commit whose time is more than a minute before the last change of the
 * table ({@code TableMetadata}: "Expected sorted snapshot log entries"), so the table would be
 * closed for as long as the clock was ahead. Here a table that is loaded for writing has the future
 * times of its history set to now first; its rows, files and snapshots stay as they are. A REST
 * catalog keeps the history itself, and is left alone.
 */
final class FutureTables {

    private static final Logger LOG = LoggerFactory.getLogger(FutureTables.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Half of what Iceberg bears. */
    private static final long BORNE_MILLIS = 30_000;

    private static final int ATTEMPTS = 20;

    private final Clock clock;

    FutureTables(Clock clock) {
        this.clock = clock;
    }

    /** The same catalog, but for tables that are loaded: these can be changed now. */
    Catalog changeable(Catalog catalog) {
        return (Catalog)
                Proxy.newProxyInstance(
                        FutureTables.class.getClassLoader(),
                        new Class<?>[] {Catalog.class, SupportsNamespaces.class, Closeable.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object result = method.invoke(catalog, arguments);
                                if (method.getName().equals("loadTable")) {
                                    change((Table) result);
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private void change(Table table) {
        if (!(table instanceof HasTableOperations withOperations
                && withOperations.operations() instanceof BaseMetastoreTableOperations history)) {
            return;
        }
        for (int attempt = 1; isAhead(history.current()); attempt++) {
            TableMetadata ahead = history.current();
            try {
                history.commit(ahead, untilNow(ahead));
                LOG.warn(
                        "Table {} was last changed at {}, which is not yet: its history ends now",
                        table.name(),
                        Instant.ofEpochMilli(ahead.lastUpdatedMillis()));
            } catch (CommitFailedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                history.refresh();
            }
        }
    }

    private boolean isAhead(TableMetadata table) {
        return table.lastUpdatedMillis() - clock.millis() > BORNE_MILLIS;
    }

    /** The same but for its times, which Iceberg lets nobody set. */
    private TableMetadata untilNow(TableMetadata table) {
        long now = clock.millis();
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(table));
            json.put("last-updated-ms", now);
            for (JsonNode entry : json.withArray("snapshot-log")) {
                ((ObjectNode) entry).put("timestamp-ms", Math.min(now, time(entry)));
            }
            // Iceberg deletes the files of states that this list had and has no longer.
            ArrayNode states = json.withArray("metadata-log");
            states.removeIf(entry -> time(entry) > now);
            states.addObject()
                    .put("timestamp-ms", now)
                    .put("metadata-file", table.metadataFileLocation());
            return TableMetadataParser.fromJson(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Iceberg wrote no JSON", e);
        }
    }

    private static long time(JsonNode entry) {
        return entry.path("timestamp-ms").asLong();
    }
}
