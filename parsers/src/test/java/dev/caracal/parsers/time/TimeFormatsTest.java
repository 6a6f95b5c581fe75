package dev.caracal.parsers.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatsTest {

    @ParameterizedTest
    @CsvSource({
        "rfc3339, 2023-05-02T05:20:28Z, 2023-05-02 05:20:28.000000000",
        "rfc3339, 2023-05-02t05:20:28.1234567891z, 2023-05-02 05:20:28.123456789",
        "rfc3339, 2023-05-02 05:20:28.5-03:30, 2023-05-02 08:50:28.500000000",
        "rfc3339, 2024-02-29T00:00:00+01:00, 2024-02-28 23:00:00.000000000",
        "unix, 1600000000, 2020-09-13 12:26:40.000000000",
        "unix, 1600000000.1234567, 2020-09-13 12:26:40.123456000",
        "unix, 1.6e9, 2020-09-13 12:26:40.000000000",
        "unix, -1.5, 1969-12-31 23:59:58.500000000",
        "unix_ms, 1600000000123, 2020-09-13 12:26:40.123000000",
        "unix_us, 1600000000123456, 2020-09-13 12:26:40.123456000",
        "unix_ns, 1600000000123456789, 2020-09-13 12:26:40.123456789",
        "cloudflare, 1600000000, 2020-09-13 12:26:40.000000000",
        "cloudflare, 1600000000123456789, 2020-09-13 12:26:40.123456789",
        "cloudflare, 2020-09-13T12:26:40Z, 2020-09-13 12:26:40.000000000",
        "%d/%b/%Y:%H:%M:%S %z, 06/Feb/2019:21:15:39 +0100, 2019-02-06 20:15:39.000000000",
        "%Y-%m-%d %H:%M:%S, 2019-02-06 21:15:39, 2019-02-06 21:15:39.000000000",
        "%F %T.%f %Z, 2019-02-06 21:15:39.25 UTC, 2019-02-06 21:15:39.250000000",
        "%a %b %e %I:%M:%S %p %Y, Wed February  6 12:15:39 AM 2019, 2019-02-06 00:15:39.000000000",
        "%Y %j, 2024 366, 2024-12-31 00:00:00.000000000",
        "%m/%d/%y, 1/2/99, 1999-01-02 00:00:00.000000000",
        "%s, 1600000000, 2020-09-13 12:26:40.000000000"
    })
    void timesAreReadToTheirPointInUtc(String format, String text, String expected) {
        assertThat(parse(format, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rfc3339, 2023-05-02",
        "rfc3339, 2023-02-29T00:00:00Z",
        "rfc3339, 2023-13-01T00:00:00Z",
        "rfc3339, 2023-05-02T24:00:00Z",
        "rfc3339, 2023-05-02T05:20:28",
        "rfc3339, 2023-05-02T05:20:28.Z",
        "rfc3339, 2023-05-02T05:20:28+0100",
        "unix, ''",
        "unix, abc",
        "unix, 1e999999999",
        "unix, 99999999999999",
        "unix_ms, 12x",
        "%Y-%m-%d, 2019-02-30",
        "%Y-%m-%d, 2019-02-03 more",
        "%H:%M %Z, 10:00 PST"
    })
    void whatIsNoTimeIsRefused(String format, String text) {
        assertThat(parse(format, text)).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "iso", "%", "%Q", "no directive"})
    void unknownFormatsAreNotFound(String name) {
        assertThat(TimeFormats.find(name)).isEmpty();
    }

    @Test
    void calendarAgreesWithJavaTime() {
        DateTimeFormatter lake =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT)
                        .withZone(ZoneOffset.UTC);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(
                            random.nextLong(Timestamp.MIN_SECONDS, Timestamp.MAX_SECONDS + 1),
                            random.nextInt(1_000_000_000));
            assertThat(parse("rfc3339", instant.toString())).isEqualTo(lake.format(instant));
        }
    }

    private static String parse(String format, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Timestamp timestamp = new Timestamp();
        if (!TimeFormats.find(format).orElseThrow().parse(bytes, 0, bytes.length, timestamp)) {
            return "refused";
        }
        byte[] out = new byte[Timestamp.LENGTH];
        timestamp.write(out, 0);
        return new String(out, StandardCharsets.US_ASCII);
    }
}
