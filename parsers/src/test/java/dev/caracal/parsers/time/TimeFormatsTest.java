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
        "%s, 1600000000, 2020-09-13 12:26:40.000000000",
        "strftime=%Y-%m-%d, 2019-02-06, 2019-02-06 00:00:00.000000000",
        "%a %b %e %H:%M:%S %Y %Z, Wed Feb  6 21:15:39 2019 UTC, 2019-02-06 21:15:39.000000000",
        "%a %b %e %H:%M:%S %Y %Z, Wed Feb 16 21:15:39 2019 +01:30, 2019-02-16 19:45:39.000000000",
        "%a %b %e %H:%M:%S %Z %Y, Wed Feb 16 21:15:39 GMT 2019, 2019-02-16 21:15:39.000000000",
        "%Y-%m-%d %H:%M %z, 2019-02-06 21:15 +0100, 2019-02-06 20:15:00.000000000",
        "%Y-%m-%d %H:%M %z, 2019-02-06 21:15 -02, 2019-02-06 23:15:00.000000000",
        "%h %e %l:%M %p %Y, Feb  6  9:15 pm 2019, 2019-02-06 21:15:00.000000000",
        "%F %T%., 2019-02-06 21:15:39, 2019-02-06 21:15:39.000000000",
        "'%F %T%.', '2019-02-06 21:15:39,5', 2019-02-06 21:15:39.500000000"
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
    @CsvSource(
            delimiter = '|',
            value = {
                "01/02/2006 15:04:05.999 | 09/13/2020 12:26:40.25 | 2020-09-13 12:26:40.250000000",
                "01/02/2006 15:04:05.999 | 09/13/2020 12:26:40 | 2020-09-13 12:26:40.000000000",
                "Mon, 02 Jan 2006 15:04:05 MST | Sun, 13 Sep 2020 12:26:40 GMT"
                        + " | 2020-09-13 12:26:40.000000000",
                "2006-01-02 15:04:05 MST | 2020-09-13 12:26:40 UTC | 2020-09-13 12:26:40.000000000",
                "2006-01-02T15:04:05Z07:00 | 2020-09-13T12:26:40.5+02:00"
                        + " | 2020-09-13 10:26:40.500000000",
                "Mon Jan _2 15:04:05 2006 | Sun Sep  3 12:26:40 2020"
                        + " | 2020-09-03 12:26:40.000000000",
                "Monday January 2 3:04pm 06 -0700 | Sunday September 13 1:26am 20 +0100"
                        + " | 2020-09-13 00:26:00.000000000",
                "02%2006%01 | 13%2020%09 | 2020-09-13 00:00:00.000000000",
                "2006-002 | 2020-257 | 2020-09-13 00:00:00.000000000",
                "2006-01-02 15:04:05 | 2020-09-13 | refused",
                "2006-01-02 15:04:05 MST | 2020-09-13 12:26:40 PST | refused"
            })
    void layoutsOfGoAreRead(String layout, String text, String expected) {
        assertThat(parse("layout=" + layout, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T12:00:00Z, Nov 24 11:59:59, 2026-11-24 11:59:59.000000000",
        "2026-11-24T12:00:00Z, Nov 25 11:59:59, 2026-11-25 11:59:59.000000000",
        "2026-11-24T12:00:00Z, Dec  1 00:00:00, 2025-12-01 00:00:00.000000000",
        "2026-01-02T12:00:00Z, Dec 31 23:59:59, 2025-12-31 23:59:59.000000000",
        "2026-12-31T23:59:50Z, Jan  1 00:00:01, 2027-01-01 00:00:01.000000000",
        "2026-11-24T12:00:00Z, Feb 29 00:00:00, 2024-02-29 00:00:00.000000000",
        "2026-11-24T12:00:00Z, Feb 30 00:00:00, refused"
    })
    void timesWithoutAYearTakeItFromTheParseTime(String now, String text, String expected) {
        Timestamp timestamp = new Timestamp();
        timestamp.setNow(Instant.parse(now).toEpochMilli());
        assertThat(parse("%b %e %H:%M:%S", text, timestamp)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "iso", "%", "%Q", "no directive", "strftime=", "layout=", "layout=now"})
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
        return parse(format, text, new Timestamp());
    }

    private static String parse(String format, String text, Timestamp timestamp) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!TimeFormats.find(format).orElseThrow().parse(bytes, 0, bytes.length, timestamp)) {
            return "refused";
        }
        byte[] out = new byte[Timestamp.LENGTH];
        timestamp.write(out, 0);
        return new String(out, StandardCharsets.US_ASCII);
    }
}
