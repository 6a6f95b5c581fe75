package dev.caracal.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration WORK = Duration.ofMillis(30);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void workThatIsNotUrgentRestsFourTimesAsLongAsItTook() {
        Pace pace = Pace.easy();
        work();
        long begun = System.nanoTime();

        pace.rest();

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(4 * WORK.toNanos());
    }

    @Test
    void workThatIsCalledOffEndsAtTheNextRest() {
        for (Pace pace : new Pace[] {Pace.easy(), Pace.full()}) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(pace::rest).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void work() {
        long end = threads.getCurrentThreadCpuTime() + WORK.toNanos();
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }
}
