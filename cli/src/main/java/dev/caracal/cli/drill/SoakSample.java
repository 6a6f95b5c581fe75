package dev.caracal.cli.drill;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen at one time of a soak.
 *
 * @param seconds since its beginning
 * @param stateBytes of the last complete checkpoint
 * @param put records
 * @param inLake events
 */
record SoakSample(
        double seconds,
        SoakReading taskManager,
        SoakReading jobManager,
        long stateBytes,
        long put,
        long inLake) {

    private static final double MEGABYTE = 1 << 20;

    /** By name and unit, in the order of the plot. */
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        add(values, "TaskManager", taskManager);
        add(values, "JobManager", jobManager);
        values.put("checkpoint, MB", stateBytes / MEGABYTE);
        values.put("records behind", (double) (put - inLake));
        return values;
    }

    private static void add(Map<String, Double> values, String process, SoakReading reading) {
        values.put(process + " heap, MB", reading.heapBytes() / MEGABYTE);
        values.put(process + " metaspace, MB", reading.metaspaceBytes() / MEGABYTE);
        values.put(process + " RSS, MB", reading.residentBytes() / MEGABYTE);
        values.put(process + " threads", (double) reading.threads());
        values.put(process + " open files", (double) reading.openFiles());
    }
}
