package dev.caracal.cli.drill;

import java.time.Duration;

/** Ten times as many objects as usual. */
record Burst() implements Fault {

    private static final int FACTOR = 10;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String what() {
        return FACTOR + " times as many objects for " + lasts().toSeconds() + " s";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void inject(DrillSite site) {
        site.feed().pace(Feed.PACE.dividedBy(FACTOR));
    }

    @Override
    public void end(DrillSite site) {
        site.feed().pace(Feed.PACE);
    }
}
