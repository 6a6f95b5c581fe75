package dev.caracal.job.destination;

import dev.caracal.rules.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All destinations, so that an alert finds its own. Immutable. */
final class Destinations {

    private final List<Destination> all;
    private final Map<String, Destination> byIdOrName = new HashMap<>();

    /**
     * Where an alert goes.
     *
     * @param destinations each once
     * @param unknown ids or names that the alert's rule gave and that stand for no destination
     */
    record Route(List<Destination> destinations, List<String> unknown) {}

    Destinations(Collection<Destination> destinations) {
        all = List.copyOf(destinations);
        all.forEach(destination -> byIdOrName.put(destination.name(), destination));
        all.forEach(destination -> byIdOrName.put(destination.id(), destination));
    }

    /**
     * The destinations that the alert's rule names, none if it names an empty list, and the default
     * ones if it names nothing. An unknown one adds the default ones: better too many than none.
     */
    Route route(Alert alert) {
        List<String> named = alert.destinations();
        if (named == null) {
            return new Route(defaults(alert), List.of());
        }
        Set<Destination> found = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : named) {
            Destination destination = byIdOrName.get(name);
            if (destination == null) {
                unknown.add(name);
            } else {
                found.add(destination);
            }
        }
        if (!unknown.isEmpty()) {
            found.addAll(defaults(alert));
        }
        return new Route(List.copyOf(found), unknown);
    }

    private List<Destination> defaults(Alert alert) {
        return all.stream().filter(destination -> destination.takesByDefault(alert)).toList();
    }
}
