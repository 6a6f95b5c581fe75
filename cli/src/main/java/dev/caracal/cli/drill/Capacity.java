package dev.caracal.cli.drill;

import dev.caracal.cli.flink.FlinkProcesses.Kind;
import dev.caracal.cli.samples.EverydayTrail;
import dev.caracal.cli.samples.EverydayTrail.TrailObject;
import dev.caracal.cli.samples.SampleAccount;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Measures how fast the job works off what has piled up while it was stopped. */
final class Capacity {

    private static final int RECORDS_IN_OBJECT = 5_000;

    /** So much goes through first: a job that has just started is not what runs for days. */
    private static final int WARM_UP_OBJECTS = 40;

    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final DrillSite site;
    private final PrintStream out;
    private final EverydayTrail trail = new EverydayTrail(Instant.now());
    private long bytes;
    private int objects;

    /**
     * @param out takes the figures
     */
    Capacity(DrillSite site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /**
     * @param records how many pile up; rounded up to whole objects of 5,000
     * @return whether every record is in the lake in the end, none twice
     */
    boolean run(int records) throws IOException, InterruptedException {
        put(WARM_UP_OBJECTS);
        awaitRows(objects);
        site.cluster().stop();
        int warm = objects;
        bytes = 0;
        put((records + RECORDS_IN_OBJECT - 1) / RECORDS_IN_OBJECT);
        long expected = (long) (objects - warm) * RECORDS_IN_OBJECT;
        long before = site.lake().count();

        site.cluster().submit(site.cluster().newestCheckpoint());
        long running = System.nanoTime();
        double processor = processorSeconds();
        if (!site.await(LIMIT, () -> site.lake().count() > before)) {
            throw new IOException("nothing comes into the lake in " + LIMIT.toMinutes() + " min");
        }
        long first = System.nanoTime();
        long atFirst = site.lake().count() - before;
        boolean complete = awaitRows(objects);
        long end = System.nanoTime();
        long rows = site.lake().count() - before;
        print("with the start of the job", rows, end - running, expected);
        print("between the first commit and the last", rows - atFirst, end - first, expected);
        double seconds = processorSeconds() - processor;
        out.printf(
                Locale.ROOT,
                "the TaskManagers' own processor time: %.1f s, %,.0f records and %.1f MB for a"
                        + " second of one core%n",
                seconds,
                rows / seconds,
                bytes / 1e6 / seconds);
        return complete && rows == expected;
    }

    /** What all TaskManagers together have taken since they were started. */
    private double processorSeconds() throws IOException {
        double seconds = 0;
        for (long process : site.cluster().alive(Kind.TASK_MANAGER)) {
            seconds +=
                    ProcessHandle.of(process)
                                    .flatMap(taskManager -> taskManager.info().totalCpuDuration())
                                    .map(Duration::toMillis)
                                    .orElse(0L)
                            / 1e3;
        }
        return seconds;
    }

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            TrailObject object = trail.next("", RECORDS_IN_OBJECT);
            site.delivery().store(SampleAccount.SHOP, object.key(), object.content());
            objects++;
            bytes += object.plainBytes();
        }
    }

    private boolean awaitRows(int of) throws IOException, InterruptedException {
        return site.await(LIMIT, () -> site.lake().count() >= (long) of * RECORDS_IN_OBJECT);
    }

    private void print(String what, long rows, long nanos, long expected) {
        double seconds = nanos / 1e9;
        out.printf(
                Locale.ROOT,
                "%s: %,d records in %.1f s, %,.0f records/s, %.1f MB/s before compression%n",
                what,
                rows,
                seconds,
                rows / seconds,
                (double) bytes / expected * rows / 1e6 / seconds);
    }
}
