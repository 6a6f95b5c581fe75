package dev.caracal.cli.drill;

import java.io.IOException;
import java.time.Duration;

/** Nothing more can be written where the checkpoints lie. */
record FullDisk() implements Fault {

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String what() {
        return "the disk of the checkpoint folder is full";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void inject(DrillSite site) throws IOException {
        site.disk().fill();
    }

    @Override
    public void end(DrillSite site) throws IOException {
        site.disk().free();
    }
}
