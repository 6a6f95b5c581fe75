package dev.caracal.job.destination;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which destinations are in force, from the files of the control location. One that cannot
 * be read, or whose id or name another has, leaves the version before it in force.
 */
public final class DestinationSetCheck {

    /** Folder of the control location that holds the destinations. */
    public static final String FOLDER = "destinations";

    private SortedMap<String, DestinationSource> accepted = new TreeMap<>();

    /**
     * @param problems by path, a message for each refused file
     */
    public record Checked(DestinationSet destinationSet, SortedMap<String, String> problems) {}

    /** Takes up destinations that were accepted before. */
    public void restore(Iterable<DestinationSource> sources) {
        sources.forEach(source -> accepted.put(source.path(), source));
    }

    /** The accepted destinations, by path. */
    public List<DestinationSource> accepted() {
        return List.copyOf(accepted.values());
    }

    /**
     * @param files all there are under {@link #FOLDER}; those that are not YAML by name do not
     *     count
     */
    public Checked check(SortedMap<String, String> files) {
        SortedMap<String, DestinationSource> next = new TreeMap<>();
        SortedMap<String, String> problems = new TreeMap<>();
        Map<String, String> claims = new HashMap<>();
        files.forEach(
                (path, yaml) -> {
                    if (!path.endsWith(".yml") && !path.endsWith(".yaml")) {
                        return;
                    }
                    DestinationSource source = new DestinationSource(path, yaml);
                    String problem = claim(source, claims);
                    if (problem == null) {
                        next.put(path, source);
                        return;
                    }
                    problems.put(path, problem);
                    DestinationSource before = accepted.get(path);
                    if (before != null && claim(before, claims) == null) {
                        next.put(path, before);
                    }
                });
        accepted = next;
        return new Checked(new DestinationSet(accepted()), problems);
    }

    /** Takes id and name for a destination; what is wrong with it otherwise. */
    private static @Nullable String claim(DestinationSource source, Map<String, String> claims) {
        Destination destination;
        try {
            destination = source.read();
        } catch (DestinationException e) {
            return String.valueOf(e.getMessage());
        }
        for (String claim : List.of(destination.id(), destination.name())) {
            String owner = claims.get(claim);
            if (owner != null) {
                return source.path() + ": \"" + claim + "\" is already the id or name of " + owner;
            }
        }
        claims.put(destination.id(), source.path());
        claims.put(destination.name(), source.path());
        return null;
    }
}
