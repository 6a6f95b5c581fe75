package dev.caracal.connectors.lake;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expressions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tables ready for rows: creates those that are missing and adds the columns that are.
 *
 * <p>Several tasks and processes may do so at once. A column stays as it is where its type does not
 * fit the one asked for.
 */
final class LakeTables {

    private static final Logger LOG = LoggerFactory.getLogger(LakeTables.class);

    private static final int ATTEMPTS = 20;

    private final Catalog catalog;

    LakeTables(Catalog catalog) {
        this.catalog = catalog;
    }

    Table ready(TableIdentifier name, LakeTable wanted) {
        RuntimeException failure = new IllegalStateException("No attempt was made");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return evolve(findOrCreate(name, wanted), wanted);
            } catch (AlreadyExistsException | CommitFailedException | NoSuchTableException e) {
                LOG.debug("Table {} was changed by another task", name, e);
                failure = e;
            }
        }
        throw failure;
    }

    private Table findOrCreate(TableIdentifier name, LakeTable wanted) {
        if (catalog.tableExists(name)) {
            return catalog.loadTable(name);
        }
        Catalog.TableBuilder builder =
                catalog.buildTable(name, wanted.schema()).withProperties(properties());
        // The spec of quarantined rows comes first: the current one is the table's face.
        String first =
                wanted.hasQuarantine() ? wanted.quarantineColumn() : wanted.partitionColumn();
        Table table = builder.withPartitionSpec(day(wanted.schema(), first)).create();
        LOG.info("Created table {}", name);
        return table;
    }

    private static Table evolve(Table table, LakeTable wanted) {
        if (wanted.findSpec(table, wanted.partitionColumn()).isEmpty()) {
            table.updateSpec()
                    .removeField(wanted.quarantineColumn() + "_day")
                    .addField(Expressions.day(wanted.partitionColumn()))
                    .commit();
        }
        UpdateSchema update =
                table.updateSchema()
                        .unionByNameWith(SchemaMerge.addable(table.schema(), wanted.schema()));
        if (!update.apply().sameSchema(table.schema())) {
            update.commit();
            LOG.info("Added columns to table {}", table.name());
        }
        return table;
    }

    private static PartitionSpec day(Schema schema, String column) {
        return PartitionSpec.builderFor(schema).day(column).build();
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put(TableProperties.FORMAT_VERSION, "2");
        properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
        // Many tables are written at once, and none should hold much in memory.
        properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "16777216");
        properties.put(TableProperties.PARQUET_DICT_SIZE_BYTES, "524288");
        properties.put(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, "134217728");
        properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
        properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");
        properties.put(TableProperties.COMMIT_NUM_RETRIES, "20");
        return properties;
    }
}
