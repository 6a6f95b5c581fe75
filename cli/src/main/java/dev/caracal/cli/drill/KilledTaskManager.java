package dev.caracal.cli.drill;

import dev.caracal.cli.flink.FlinkProcesses.Kind;
import java.io.IOException;
import java.time.Duration;

/** A machine that runs half of the job is gone from one moment to the next. */
record KilledTaskManager() implements Fault {

    @Override
    public String name() {
        return "kill-taskmanager";
    }

    @Override
    public String what() {
        return "kill -9 of one of two TaskManagers; a new one is started";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(DrillSite site) throws IOException, InterruptedException {
        site.cluster().signal(Kind.TASK_MANAGER, "KILL");
    }

    @Override
    public void end(DrillSite site) throws IOException, InterruptedException {
        site.cluster().revive();
    }
}
