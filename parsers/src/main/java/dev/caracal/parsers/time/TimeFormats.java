package dev.caracal.parsers.time;

import java.util.Optional;

/** The time formats that a schema can name. */
public final class TimeFormats {

    /** What a schema may write, for error messages. */
    public static final String EXPECTED =
            "rfc3339, unix, unix_ms, unix_us, unix_ns, cloudflare, a strftime pattern such as"
                    + " %Y-%m-%d %H:%M:%S or a Go layout such as layout=2006-01-02 15:04:05";

    private static final String STRFTIME = "strftime=";
    private static final String LAYOUT = "layout=";

    private TimeFormats() {}

    public static Optional<TimeFormat> find(String name) {
        return switch (name) {
            case "rfc3339" -> Optional.of(new Rfc3339Format());
            case "unix" -> Optional.of(new UnixFormat(name, 0));
            case "unix_ms" -> Optional.of(new UnixFormat(name, 3));
            case "unix_us" -> Optional.of(new UnixFormat(name, 6));
            case "unix_ns" -> Optional.of(new UnixFormat(name, 9));
            case "cloudflare" -> Optional.of(new CloudflareFormat());
            default -> findPattern(name);
        };
    }

    private static Optional<TimeFormat> findPattern(String name) {
        if (name.startsWith(LAYOUT)) {
            String pattern = GoLayout.toStrftime(name.substring(LAYOUT.length()));
            return StrftimeFormat.compile(name, pattern);
        }
        String pattern = name.startsWith(STRFTIME) ? name.substring(STRFTIME.length()) : name;
        return StrftimeFormat.compile(name, pattern);
    }
}
