package dev.caracal.cli;

import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** What follows from the name of a region. */
public final class Regions {

    private Regions() {}

    /** {@code aws}, {@code aws-cn}, {@code aws-us-gov}, …; {@code aws} where no region is known. */
    public static String partition(String region) {
        return region.isEmpty() ? "aws" : PartitionMetadata.of(Region.of(region)).id();
    }
}
