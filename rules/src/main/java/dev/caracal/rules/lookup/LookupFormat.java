package dev.caracal.rules.lookup;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the data of a lookup table is written, told from the file's name. */
public enum LookupFormat {
    /** RFC 4180, with a header. */
    CSV(".csv"),
    /** A JSON object on each line. */
    JSON_LINES(".jsonl", ".ndjson", ".json"),
    /** MaxMind's format for rows by IP address. */
    MAXMIND(".mmdb");

    private static final String GZIP = ".gz";

    private final String[] endings;

    LookupFormat(String... endings) {
        this.endings = endings;
    }

    /** Empty if the name is not that of data; it may end in {@code .gz} besides. */
    public static Optional<LookupFormat> of(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        String plain =
                lower.endsWith(GZIP) ? lower.substring(0, lower.length() - GZIP.length()) : lower;
        return Stream.of(values())
                .filter(format -> Stream.of(format.endings).anyMatch(plain::endsWith))
                .findFirst();
    }
}
