package dev.caracal.cli;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds log types by the names that people type. */
final class LogTypeNames {

    private LogTypeNames() {}

    /**
     * @throws WrongUsageException for a name that is none, with the one that was likely meant
     */
    static List<LogType> find(LogTypes logTypes, List<String> names) {
        return names.stream()
                .map(
                        name ->
                                logTypes.find(name)
                                        .orElseThrow(
                                                () ->
                                                        new WrongUsageException(
                                                                unknown(name, logTypes.names()))))
                .toList();
    }

    private static String unknown(String name, Collection<String> known) {
        String closest =
                known.stream()
                        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                        .orElseThrow();
        return "there is no log type \""
                + name
                + "\"; did you mean "
                + closest
                + "? `caracal log-types` lists all";
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
