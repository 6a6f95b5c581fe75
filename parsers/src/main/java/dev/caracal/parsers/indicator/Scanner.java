package dev.caracal.parsers.indicator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds indicators in the text of a field. A schema names it in lower case, as {@code net_addr}.
 */
public enum Scanner {
    IP(Scan::ip),
    IPV4_TEXT(Scan::ipv4Text),
    DOMAIN(Scan::domain),
    HOSTNAME(Scan::hostname),
    URL(Scan::url),
    NET_ADDR(Scan::netAddress),
    MD5((b, o, l, found) -> Scan.hash(Indicator.MD5_HASH, 32, b, o, l, found)),
    SHA1((b, o, l, found) -> Scan.hash(Indicator.SHA1_HASH, 40, b, o, l, found)),
    SHA256((b, o, l, found) -> Scan.hash(Indicator.SHA256_HASH, 64, b, o, l, found)),
    TRACE_ID((b, o, l, found) -> Scan.trimmed(Indicator.TRACE_ID, b, o, l, found)),
    USERNAME((b, o, l, found) -> Scan.trimmed(Indicator.USERNAME, b, o, l, found)),
    EMAIL(Scan::email),
    AWS_ACCOUNT_ID(AwsScan::accountId),
    AWS_INSTANCE_ID(AwsScan::instanceId),
    AWS_ARN(AwsScan::arn),
    AWS_TAG((b, o, l, found) -> found.add(Indicator.AWS_TAG, b, o, l));

    private interface Function {
        void scan(byte[] bytes, int offset, int length, IndicatorSet found);
    }

    @SuppressWarnings("ImmutableEnumChecker") // The functions are static and keep nothing.
    private final Function function;

    Scanner(Function function) {
        this.function = function;
    }

    public void scan(byte[] bytes, int offset, int length, IndicatorSet found) {
        function.scan(bytes, offset, length, found);
    }

    /** The name in schemas. */
    public String schemaName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scanner> find(String schemaName) {
        return Arrays.stream(values()).filter(s -> s.schemaName().equals(schemaName)).findFirst();
    }

    /** All names, for error messages. */
    public static String expected() {
        return Arrays.stream(values()).map(Scanner::schemaName).collect(Collectors.joining(", "));
    }
}
