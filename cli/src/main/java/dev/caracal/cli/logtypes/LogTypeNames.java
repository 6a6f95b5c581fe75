package dev.caracal.cli.logtypes;

import dev.caracal.cli.Spelling;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import java.util.List;
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
                Spelling.closest(
                                name,
                                Stream.of(own, LogTypes.builtin())
                                        .flatMap(logTypes -> logTypes.names().stream())
                                        .toList())
                        .orElseThrow();
        return "there is no log type \""
                + name
                + "\"; did you mean "
                + closest
                + "? `caracal log-types` lists all";
    }
}
