package dev.caracal.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events are meant, by their time. */
public final class TimeRangeOption {

    @Option(
            names = "--last",
            paramLabel = "TIME",
            description = "Only events of the last 30m, 24h, 7d or 2w.")
    private @Nullable String last;

    @Option(names = "--from", paramLabel = "TIME", description = "Only events from this time on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only events before this time.")
    private @Nullable String to;

    /**
     * @throws WrongUsageException if an option cannot be read, or they contradict each other
     */
    public TimeRange range() {
        return TimeRange.of(last, from, to, Instant.now());
    }
}
