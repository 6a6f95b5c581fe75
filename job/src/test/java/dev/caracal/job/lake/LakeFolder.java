package dev.caracal.job.lake;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.lake.CatalogType;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * A lake in a folder, which Iceberg's own reader reads, and jobs that may fail while they fill it.
 */
record LakeFolder(Path warehouse) {

    static final Duration MAX_EVENT_AGE = Duration.ofDays(365);
    static final AwsSettings AWS = new AwsSettings("us-east-1", Map.of());

    static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "200 ms");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "3");
        configuration.setString("restart-strategy.fixed-delay.delay", "0 s");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("pipeline.object-reuse", "true");
        configuration.setString("pipeline.auto-generate-uids", "false");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        return env;
    }

    LakeSettings settings() {
        return new LakeSettings(
                warehouse.toString(),
                CatalogType.JDBC,
                "jdbc:sqlite:" + warehouse.resolve("catalog.db"),
                "caracal",
                Map.of(),
                AWS);
    }

    LakeRowGenerator generator() {
        return new LakeRowGenerator(settings(), MAX_EVENT_AGE);
    }

    Table table(String name) {
        LakeCatalog lake = new LakeCatalog(settings());
        return lake.loadCatalog().loadTable(lake.table(name));
    }

    List<Record> rows(String name) {
        try (CloseableIterable<Record> records = IcebergGenerics.read(table(name)).build()) {
            List<Record> rows = new ArrayList<>();
            records.forEach(rows::add);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
