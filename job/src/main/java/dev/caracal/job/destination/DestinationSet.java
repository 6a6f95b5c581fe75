package dev.caracal.job.destination;

import java.util.List;

/** The destinations in force, all of them accepted, no two of the same id or name. */
public record DestinationSet(List<DestinationSource> destinations) {}
