package dev.caracal.parsers.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternLibraryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NOTSPACE | a-b:c | a b",
                "SPACE | ` ` | a",
                "WORD | ab_1 | a-b",
                "QUOTEDSTRING | \"a \\\" b\" | \"a",
                "QS | 'a' | a",
                "HEXDIGIT | E | g",
                "UUID | 01234567-89AB-CDEF-0123-456789abcdef | 01234567",
                "INT | -12 | 1.2",
                "BASE10NUM | -1.5 | 1.5.",
                "NUMBER | .5 | .",
                "BASE16NUM | 0xBEEF | 0xg",
                "POSINT | 10 | 0",
                "NONNEGINT | 0 | -1",
                "CISCOMAC | 0123.4567.89AB | 0123.4567",
                "WINDOWSMAC | 01-23-45-67-89-AB | 01:23:45:67:89:AB",
                "COMMONMAC | 01:23:45:67:89:AB | 01-23-45-67-89-AB",
                "MAC | 0123.4567.89ab | 0123",
                "IPV6 | 2001:db8::1 | 2001:db8",
                "IPV6 | 1:2:3:4:5:6:7:8 | 1:2:3:4:5:6:7:8:9",
                "IPV6 | :: | :",
                "IPV6 | 1:: | 1:",
                "IPV6 | ::ffff:192.0.2.1 | ::ffff:192.0.2",
                "IPV6 | 64:ff9b::1:192.0.2.1 | 192.0.2.1",
                "IPV6 | 1:2:3:4:5:6:192.0.2.1 | 1::2::3",
                "IPV6 | fe80::1%eth0 | fe80::1%",
                "IPV4 | 255.249.199.0 | 256.1.1.1",
                "IP | 192.0.2.1 | 192.0.2",
                "HOSTNAME | host-1.example.com | -host",
                "IPORHOST | 2001:db8::1 | ::x",
                "HOSTPORT | example.com:443 | example.com",
                "USERNAME | jo.e-1_x | jo@e",
                "UNIXPATH | /var/log/a.log | var",
                "WINPATH | C:\\a b\\c | C:a",
                "PATH | /a | a",
                "TTY | /dev/pts/1 | /dev/null",
                "URIPROTO | svn+ssh | 1x",
                "URIPATHPARAM | /a/b?c=d&e=%20 | a?b",
                "URI | https://jo:x@example.com:8443/a?b=c#d | example.com",
                "URI | file:///etc/passwd | file:",
                "MONTH | September | Sept.",
                "MONTHNUM | 12 | 13",
                "MONTHNUM2 | 09 | 9",
                "MONTHDAY | 31 | 32",
                "DAY | Wed | We",
                "YEAR | 2026 | 026",
                "HOUR | 23 | 24",
                "MINUTE | 59 | 60",
                "SECOND | 59.123 | 61",
                "KITCHEN | 3:04PM | 3:04",
                "TIME | 10:00:01 | 10",
                "DATE_US | 12/31/2026 | 31/12/2026",
                "DATE_EU | 31.12.2026 | 12.31.2026",
                "DATETIME | 12/31/26 10:00 | 12/31/26",
                "ISO8601_TIMEZONE | +02:00 | 02:00",
                "TIMESTAMP_ISO8601 | 2026-11-24T10:00:00.123Z | 2026-11-24",
                "TZ | CEST | cest",
                "TZOFFSET | -0700 | 0700",
                "TIMESTAMP_RFC822 | Tue Nov 24 2026 10:00:00 UTC | Tue Nov 24",
                "TIMESTAMP_RFC2822 | Tue, 24 Nov 2026 10:00:00 +0100 | Tue 24 Nov 2026",
                "TIMESTAMP_OTHER | Tue Nov 24 10:00:00 UTC 2026 | Tue Nov 24 10:00:00 2026",
                "TIMESTAMP_EVENTLOG | 20261124100000 | 2026112410",
                "SYSLOGTIMESTAMP | Nov  4 10:00:00 | 4 Nov 10:00:00",
                "HTTPDATE | 24/Nov/2026:10:00:00 +0100 | 24/Nov/2026"
            })
    void patternsMatchWhatTheyAreNamedAfter(String name, String yes, String no)
            throws SchemaException {
        Pattern pattern = Pattern.compile("^(?:" + expand(name) + ")$");
        assertThat(pattern.matcher(yes).find()).as(yes).isTrue();
        assertThat(pattern.matcher(no).find()).as(no).isFalse();
    }

    @Test
    void addressesAreFoundWhole() throws SchemaException {
        Pattern pattern = Pattern.compile(expand("IP"));
        for (String address : List.of("1::2:3", "::1:2:3", "1:2::3:4:5", "::ffff:10.0.0.1")) {
            var matcher = pattern.matcher("[" + address + "]");
            assertThat(matcher.find()).isTrue();
            assertThat(matcher.group()).isEqualTo(address);
        }
    }

    @Test
    void everyPatternCanBeNamedBesideOthers() throws SchemaException {
        List<String> names = new ArrayList<>();
        PatternLibrary.names().forEach(names::add);
        assertThat(names).hasSizeGreaterThan(65);
        for (String name : names) {
            assertThat(expand(name)).doesNotContain("%{");
        }
    }

    private static String expand(String name) throws SchemaException {
        String yaml =
                "schema: Test.Type\nfields: [{name: a, type: int}]\nparser: {regex: {match: ['%{"
                        + name
                        + ":x}']}}";
        Schema schema = SchemaReader.read("test.yml", new StringReader(yaml));
        return ((ParserSpec.Regex) schema.parser()).pattern();
    }
}
