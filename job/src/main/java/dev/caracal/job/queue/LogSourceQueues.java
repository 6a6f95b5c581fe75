package dev.caracal.job.queue;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.sqs.QueueSet;
import dev.caracal.job.source.LogSourceMemory;
import dev.caracal.job.source.LogSourceRefresher;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The queues of the log sources of type {@code sqs}, as the control location has them.
 *
 * @param interval how often the location is read anew
 */
public record LogSourceQueues(ControlLocation control, Duration interval) implements QueueSet {

    @Override
    public Following follow(List<String> remembered) throws IOException {
        // All readers see the same, so that any of their memories will do.
        LogSourceMemory before =
                remembered.isEmpty()
                        ? LogSourceMemory.NONE
                        : LogSourceMemory.decode(remembered.get(0));
        LogSourceRefresher refresher = new LogSourceRefresher(control, interval, before);
        return new Following() {
            @Override
            public Map<String, String> current() {
                Map<String, String> noteByUrl = new LinkedHashMap<>();
                for (QueueSource source : refresher.queues()) {
                    noteByUrl.put(source.queueUrl(), QueueRoute.of(source).encode());
                }
                return noteByUrl;
            }

            @Override
            public String memory() {
                return refresher.memory().encode();
            }

            @Override
            public void close() {
                refresher.close();
            }
        };
    }
}
