package dev.caracal.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On event time the whole job makes the same alerts of the same logs, in whatever order they come.
 */
class EventTimeITCase {

    private static final Map<String, Integer> RECORDS =
            Map.of(StateRun.FIRST, 500, StateRun.HALF_READ, 2_000, StateRun.LAST, 500);

    @TempDir private Path folder;

    @Test
    void theSameObjectsInAnotherOrderMakeTheSameAlerts() throws Exception {
        List<String> inOrder = alerts("in-order", 1, StateRun.FIRST, StateRun.HALF_READ);

        assertThat(inOrder).hasSizeGreaterThan(3);
        assertThat(alerts("turned", 1, StateRun.LAST, StateRun.HALF_READ, StateRun.FIRST))
                .isEqualTo(inOrder);
        assertThat(alerts("at-once", 4, StateRun.HALF_READ, StateRun.LAST, StateRun.FIRST))
                .isEqualTo(inOrder);
    }

    private List<String> alerts(String run, int parallelism, String... objects) throws Exception {
        try (StateRun job = StateRun.start(folder.resolve(run), parallelism)) {
            int events = 0;
            for (String object : objects) {
                job.announce(object);
                events += RECORDS.get(object);
                job.awaitEvents(events);
            }
            job.finish(0);
            assertThat(StateRun.deadLetters()).isEmpty();
            return StateRun.alerts();
        }
    }
}
