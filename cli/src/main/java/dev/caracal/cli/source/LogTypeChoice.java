package dev.caracal.cli.source;

import dev.caracal.cli.ClosestName;
import dev.caracal.cli.WrongUsageException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Completes the names of log types that people type. */
final class LogTypeChoice {

    private static final int MAX_SHOWN = 12;

    private final Collection<String> names;

    LogTypeChoice(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    /**
     * The log type of that name.
     *
     * @throws WrongUsageException if there is none, with the one that was likely meant
     */
    String require(String name) {
        if (names.contains(name)) {
            return name;
        }
        throw new WrongUsageException(
                "there is no log type \""
                        + name
                        + "\"; did you mean "
                        + ClosestName.of(name, names).orElseThrow()
                        + "? `caracal log-types` lists all");
    }

    /**
     * The one log type that was meant: that of the name in any case, or else the only one that has
     * the name without its vendor, or else whose name begins so, or else contains it.
     *
     * @throws WrongUsageException if there is none, or more than one, which are named
     */
    String complete(String typed) {
        for (BiPredicate<String, String> fits :
                List.<BiPredicate<String, String>>of(
                        String::equals,
                        (name, part) -> name.endsWith('.' + part),
                        String::startsWith,
                        String::contains)) {
            List<String> found =
                    names.stream().filter(name -> fits.test(lower(name), lower(typed))).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (!found.isEmpty() && !typed.isEmpty()) {
                throw new WrongUsageException("\"" + typed + "\" may be " + shown(found));
            }
        }
        return require(typed);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String shown(List<String> found) {
        String first = String.join(", ", found.subList(0, Math.min(found.size(), MAX_SHOWN)));
        return found.size() > MAX_SHOWN
                ? first + " and " + (found.size() - MAX_SHOWN) + " more"
                : first;
    }
}
