package dev.caracal.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody likely meant who mistyped a name. */
public final class ClosestName {

    private ClosestName() {}

    /** The one of some names that takes the fewest changes to get to; empty if there are none. */
    public static Optional<String> of(String name, Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** The same, but only if it takes few changes for the length of the name. */
    public static Optional<String> near(String name, Collection<String> names) {
        int few = Math.max(Math.min(2, name.length() / 2), name.length() / 5);
        return of(name, names).filter(closest -> distance(name, closest) <= few);
    }

    /** Levenshtein's, whatever the case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
