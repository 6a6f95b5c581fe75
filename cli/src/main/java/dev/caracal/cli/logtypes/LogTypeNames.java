package dev.caracal.cli.logtypes;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds log types by the names that people type. */
public final class LogTypeNames {

    private LogTypeNames() {}

    /**
     * The log types of these names, out of one's own and the built-in ones.
     *
     * @throws WrongUsageException for a name that is none, with the one that was likely meant
     */
    public static List<LogType> find(List<String> names, LogTypes own) {
        return names.stream().map(name -> find(name, own)).toList();
    }

    private static LogType find(String name, LogTypes own) {
        return own.find(name)
                .or(() -> LogTypes.builtin().find(name))
                .orElseThrow(() -> new WrongUsageException(unknown(name, own)));
    }

    private static String unknown(String name, LogTypes own) {
        String closest =
                closest(
                        name,
                        Stream.of(own, LogTypes.builtin())
                                .flatMap(logTypes -> logTypes.names().stream())
                                .toList());
        return "there is no log type \""
                + name
                + "\"; did you mean "
                + closest
                + "? `caracal log-types` lists all";
    }

    /** The one of the names that is most like what was typed. */
    public static String closest(String typed, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)))
                .orElseThrow();
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
