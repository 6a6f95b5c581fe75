package dev.caracal.cli.drill;

import java.time.Duration;

/** Something that goes wrong on purpose while the job runs, and that it must live through. */
sealed interface Fault
        permits AwsFault,
                Burst,
                ClockJump,
                FullDisk,
                HostileRule,
                KilledJobManager,
                KilledTaskManager,
                PausedTaskManager,
                PoisonObjects {

    /** As {@code --fault} takes it. */
    String name();

    /** What is done, in a few words. */
    String what();

    /** How long it lasts from {@link #inject} to {@link #end}. */
    Duration lasts();

    /** Why it cannot be had on this machine; empty if it can. */
    default String obstacle() {
        return "";
    }

    void inject(DrillSite site) throws Exception;

    /** Ends it; called also where {@link #inject} has failed. */
    void end(DrillSite site) throws Exception;
}
