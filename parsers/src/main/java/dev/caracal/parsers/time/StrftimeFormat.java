package dev.caracal.parsers.time;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A strftime pattern such as {@code %d/%b/%Y:%H:%M:%S %z}.
 *
 * <p>Directives: {@code %Y %y %m %d %e %b %B %h %H %k %I %l %p %M %S %f %L %N %s %z %Z %j %a %A %T
 * %F %D %R %n %t %%}, and {@code %.} for a fraction with its point or comma, which may be missing.
 * Where a pattern has no zone, the time is UTC; where it has a day of a month and no year, the year
 * is that of the parse time. English names, in any case. A fraction ({@code %f}, {@code %L}, {@code
 * %N}) takes one to nine digits. A zone is an offset, with or without a colon, or a name of UTC.
 */
final class StrftimeFormat implements TimeFormat {

    private static final String DIRECTIVES = "YymdebBhHkIlpMSfLNszZjaA.%";

    private final String name;
    private final byte[] pattern;

    private StrftimeFormat(String name, String pattern) {
        this.name = name;
        this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing when the pattern has no directive or one that is unknown. */
    static Optional<TimeFormat> compile(String name, String strftime) {
        String pattern =
                strftime.replace("%T", "%H:%M:%S")
                        .replace("%F", "%Y-%m-%d")
                        .replace("%D", "%m/%d/%y")
                        .replace("%R", "%H:%M")
                        .replace("%n", "\n")
                        .replace("%t", "\t");
        int position = pattern.indexOf('%');
        if (position < 0) {
            return Optional.empty();
        }
        while (position >= 0) {
            if (position + 1 == pattern.length()
                    || DIRECTIVES.indexOf(pattern.charAt(position + 1)) < 0) {
                return Optional.empty();
            }
            position = pattern.indexOf('%', position + 2);
        }
        return Optional.of(new StrftimeFormat(name, pattern));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean parse(byte[] bytes, int offset, int length, Timestamp result) {
        StrftimeMatch match = new StrftimeMatch(bytes, offset, offset + length);
        for (int i = 0; i < pattern.length; i++) {
            boolean matches =
                    pattern[i] == '%' ? match.directive(pattern[++i]) : match.literal(pattern[i]);
            if (!matches) {
                return false;
            }
        }
        return match.finish(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StrftimeFormat format && format.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
