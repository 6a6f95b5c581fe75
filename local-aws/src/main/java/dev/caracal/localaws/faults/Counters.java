package dev.caracal.localaws.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests each service has had, by operation, refused ones included. */
public final class Counters {
    private final Map<String, Map<String, LongAdder>> services = new ConcurrentHashMap<>();

    public void count(String service, String operation) {
        services.computeIfAbsent(service, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(operation, name -> new LongAdder())
                .increment();
    }

    /** Requests of one operation, such as {@code ("s3", "GetObject")}. */
    public long get(String service, String operation) {
        LongAdder counter = services.getOrDefault(service, Map.of()).get(operation);
        return counter == null ? 0 : counter.sum();
    }

    /** Service to operation to count. */
    public Map<String, Map<String, Long>> all() {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        services.forEach(
                (service, operations) -> {
                    Map<String, Long> counts = new TreeMap<>();
                    operations.forEach((name, counter) -> counts.put(name, counter.sum()));
                    all.put(service, counts);
                });
        return all;
    }

    public void reset() {
        services.clear();
    }
}
