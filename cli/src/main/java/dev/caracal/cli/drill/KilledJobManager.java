package dev.caracal.cli.drill;

import dev.caracal.cli.flink.FlinkProcesses.Kind;
import java.io.IOException;
import java.time.Duration;

/**
 * The cluster forgets the job. Flink has high availability by ZooKeeper and Kubernetes only;
 * without them a new JobManager is started, and the job is submitted from its last retained
 * checkpoint.
 */
record KilledJobManager() implements Fault {

    @Override
    public String name() {
        return "kill-jobmanager";
    }

    @Override
    public String what() {
        return "kill -9 of the JobManager; a new one, and submit from the retained checkpoint";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(DrillSite site) throws IOException, InterruptedException {
        site.cluster().signal(Kind.JOB_MANAGER, "KILL");
    }

    @Override
    public void end(DrillSite site) throws IOException, InterruptedException {
        site.cluster().restartJobManager();
        site.cluster().submit(site.cluster().newestCheckpoint());
    }
}
