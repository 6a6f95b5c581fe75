package dev.caracal.parsers.authoring;

import dev.caracal.parsers.indicator.IpAddress;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonNumber;
import dev.caracal.parsers.time.TimeFormat;
import dev.caracal.parsers.time.TimeFormats;
import dev.caracal.parsers.time.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the text of a scalar value looks like. A text may be of several kinds. */
enum TextKind {
    BOOLEAN(Set.of("true", "True", "TRUE", "false", "False", "FALSE")::contains),

    /** Written as a long is, so that no leading zero is lost. */
    INTEGER(TextKind::isLong),
    NUMBER(TextKind::isNumber),

    RFC3339("rfc3339"),
    LOCAL_TIME("%Y-%m-%d %H:%M:%S"),
    LOCAL_TIME_FRACTION("%Y-%m-%d %H:%M:%S.%f"),
    TIME_OFFSET("%Y-%m-%dT%H:%M:%S%z"),
    TIME_FRACTION_OFFSET("%Y-%m-%dT%H:%M:%S.%f%z"),
    HTTP_TIME("%d/%b/%Y:%H:%M:%S %z"),
    C_TIME("%a %b %d %H:%M:%S %Y"),
    UNIX("unix"),
    UNIX_MS("unix_ms"),
    UNIX_US("unix_us"),
    UNIX_NS("unix_ns"),

    IP(Scanner.IP, TextKind::isAddress),
    ARN(Scanner.AWS_ARN, "arn:[a-z-]+:[^:\\s]*:[^:\\s]*:[^:\\s]*:\\S+"),
    EMAIL(Scanner.EMAIL, "[^@\\s/:<>]+@[^@\\s/:<>.]+(\\.[^@\\s/:<>.]+)+"),
    URL(Scanner.URL, "https?://[^\\s/?#]+\\S*"),
    NET_ADDRESS(Scanner.NET_ADDR, "\\d{1,3}(\\.\\d{1,3}){3}:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}"),
    SHA256(Scanner.SHA256, "[0-9a-fA-F]{64}"),
    SHA1(Scanner.SHA1, "[0-9a-fA-F]{40}"),
    MD5(Scanner.MD5, "[0-9a-fA-F]{32}"),
    INSTANCE_ID(Scanner.AWS_INSTANCE_ID, "i-([0-9a-f]{8}|[0-9a-f]{17})"),
    ACCOUNT_ID(Scanner.AWS_ACCOUNT_ID, "\\d{12}"),
    HOSTNAME(Scanner.HOSTNAME, "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\\.[A-Za-z0-9_-]+)*\\.?");

    /** A count of seconds is taken for a time in the years 2000 to 2099 only. */
    private static final long YEAR_2000 = 946_684_800L;

    private static final long YEAR_2100 = 4_102_444_800L;

    /** The longest number that a float field takes. */
    private static final int MAX_NUMBER = 100;

    @SuppressWarnings("ImmutableEnumChecker") // The functions keep nothing that changes.
    private final Predicate<String> matches;

    private final String timeFormat;
    private final Optional<Scanner> scanner;

    TextKind(Predicate<String> matches) {
        this.matches = matches;
        this.timeFormat = "";
        this.scanner = Optional.empty();
    }

    TextKind(String timeFormat) {
        TimeFormat format = TimeFormats.find(timeFormat).orElseThrow();
        boolean unix = timeFormat.startsWith("unix");
        this.matches = text -> isTime(format, unix, text);
        this.timeFormat = timeFormat;
        this.scanner = Optional.empty();
    }

    TextKind(Scanner scanner, Predicate<String> matches) {
        this.matches = matches;
        this.timeFormat = "";
        this.scanner = Optional.of(scanner);
    }

    TextKind(Scanner scanner, String pattern) {
        this(scanner, Pattern.compile(pattern).asMatchPredicate());
    }

    boolean matches(String text) {
        return matches.test(text);
    }

    boolean isTime() {
        return !timeFormat.isEmpty();
    }

    /** Whether only a field's name can tell it from a number. */
    boolean isUnixTime() {
        return timeFormat.startsWith("unix");
    }

    /** Of a time, its name in schemas. */
    String timeFormat() {
        return timeFormat;
    }

    Optional<Scanner> scanner() {
        return scanner;
    }

    private static boolean isTime(TimeFormat format, boolean unix, String text) {
        Timestamp time = new Timestamp();
        byte[] bytes = bytes(text);
        if (!format.parse(bytes, 0, bytes.length, time)) {
            return false;
        }
        return !unix
                || (isNumber(text) && time.seconds() >= YEAR_2000 && time.seconds() < YEAR_2100);
    }

    private static boolean isLong(String text) {
        try {
            return Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isNumber(String text) {
        byte[] bytes = bytes(text);
        return bytes.length <= MAX_NUMBER
                && JsonNumber.length(bytes, 0, bytes.length) == bytes.length;
    }

    private static boolean isAddress(String text) {
        byte[] bytes = bytes(text);
        return IpAddress.isAddress(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
