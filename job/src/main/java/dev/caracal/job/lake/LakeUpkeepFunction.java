package dev.caracal.job.lake;

import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeUpkeep;
import dev.caracal.connectors.lake.UpkeepSettings;
import dev.caracal.job.ClassLoaderRelease;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands documents on and, on a thread of its own, keeps the lake in order.
 *
 * <p>It runs in one subtask, for all tables: Iceberg's own maintenance operators are made for one
 * table that exists when the job starts. The stream does not wait for it.
 */
final class LakeUpkeepFunction extends RichMapFunction<LakeDocument, LakeDocument> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(LakeUpkeepFunction.class);

    private final LakeSettings lake;
    private final UpkeepSettings settings;

    private transient @Nullable ScheduledExecutorService executor;

    LakeUpkeepFunction(LakeSettings lake, UpkeepSettings settings) {
        this.lake = lake;
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        ClassLoaderRelease.registerIn(getRuntimeContext());
        if (settings.interval().isZero()) {
            return;
        }
        executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "lake-upkeep");
                            thread.setDaemon(true);
                            return thread;
                        });
        long millis = settings.interval().toMillis();
        var unused =
                executor.scheduleWithFixedDelay(
                        this::upkeep, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void upkeep() {
        try (LakeUpkeep upkeep = new LakeUpkeep(lake, settings)) {
            upkeep.run(Instant.now());
        } catch (Throwable e) {
            // Whatever is thrown from here would end the upkeep for good, and nobody would know.
            LOG.warn("A round of the lake's upkeep failed, the next one tries again", e);
        }
    }

    @Override
    public LakeDocument map(LakeDocument document) {
        return document;
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
