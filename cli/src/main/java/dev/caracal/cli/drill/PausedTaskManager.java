package dev.caracal.cli.drill;

import dev.caracal.cli.flink.FlinkProcesses.Kind;
import java.io.IOException;
import java.time.Duration;

/**
 * A process stands still for longer than its messages stay hidden, as in a long garbage collection:
 * they come again before the checkpoint that holds them. It is shorter than Flink's {@code
 * heartbeat.timeout}, so that the process goes on afterwards.
 */
record PausedTaskManager() implements Fault {

    @Override
    public String name() {
        return "short-visibility";
    }

    @Override
    public String what() {
        return "a TaskManager stands still (SIGSTOP): a checkpoint of more than "
                + lasts().toSeconds()
                + " s, a visibility of "
                + DrillSite.VISIBILITY.toSeconds()
                + " s";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(35);
    }

    @Override
    public void inject(DrillSite site) throws IOException, InterruptedException {
        site.cluster().signal(Kind.TASK_MANAGER, "STOP");
    }

    @Override
    public void end(DrillSite site) throws IOException, InterruptedException {
        site.cluster().signal(Kind.TASK_MANAGER, "CONT");
    }
}
