package dev.caracal.rules.lookup;

import static dev.caracal.rules.lookup.Tables.csv;
import static dev.caracal.rules.lookup.Tables.index;
import static dev.caracal.rules.lookup.Tables.schema;
import static dev.caracal.rules.lookup.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.rules.lookup.LookupSchema.ColumnType;
import dev.caracal.rules.lookup.LookupSchema.KeyType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupReaderTest {

    private static final String NETWORKS =
            """
            net,who
            10.0.0.0/8,all
            10.1.0.0/16,one
            10.1.2.0/24,two
            10.1.2.3,host
            10.1.2.4/32,host4
            255.255.255.0/24,last
            0.0.0.0/32,first
            2001:db8::/32,six
            2001:db8:0:1::/64,six-one
            2001:db8:0:1::5,six-host
            ffff::/16,six-last
            """;

    @ParameterizedTest
    @CsvSource({
        "10.200.0.1, all",
        "10.1.200.1, one",
        "10.1.3.0, one",
        "10.1.2.200, two",
        "10.1.2.2, two",
        "10.1.2.3, host",
        "10.1.2.4, host4",
        "10.1.2.5, two",
        "::ffff:10.1.2.3, host",
        "255.255.255.255, last",
        "0.0.0.0, first",
        "2001:db8::1, six",
        "2001:DB8:0:1:0:0:0:4, six-one",
        "2001:db8:0:1::5, six-host",
        "2001:db8:0:1::6, six-one",
        "2001:db8:0:2::, six",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, six-last",
        "11.0.0.0,",
        "9.255.255.255,",
        "0.0.0.1,",
        "255.255.254.255,",
        "2001:db9::,",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff,",
        "10.0.0.0/8,",
        "010.1.2.3,",
        "10.1.2.3:443,",
        "example.com,",
        "'',",
    })
    void anAddressIsMatchedByTheMostSpecificRange(String address, String who) throws IOException {
        String row = text(csv(NETWORKS).find(address));

        if (who == null) {
            assertThat(row).isNull();
        } else {
            assertThat(row).contains("\"who\":\"" + who + '"');
        }
    }

    @ParameterizedTest
    @CsvSource({"alice, 1", "bob, 3", "10.0.0.1, 4", "Alice,", "10.0.0.01,", "'',"})
    void textIsMatchedExactlyAndTheLastOfEqualKeysCounts(String key, String n) throws IOException {
        LookupIndex index = csv("user,n\nalice,1\nbob,2\nbob,3\n10.0.0.1,4\n");

        String row = text(index.find(key));

        assertThat(row)
                .isEqualTo(n == null ? null : "{\"user\":\"" + key + "\",\"n\":\"" + n + "\"}");
        assertThat(index.size()).isEqualTo(3);
    }

    @Test
    void theLaterOfEqualRangesCounts() throws IOException {
        LookupIndex index = csv("net,n\n10.0.0.0/8,1\n10.1.0.0/16,2\n10.0.0.9/8,3\n");

        assertThat(text(index.find("10.2.0.0"))).contains("\"n\":\"3\"");
        assertThat(text(index.find("10.1.0.0"))).contains("\"n\":\"2\"");
    }

    @Test
    void aSchemaDecidesHowKeysAreMatched() throws IOException {
        String data = "host,n\n10.0.0.0/8,1\n";

        assertThat(index("d.csv", "host", schema(KeyType.TEXT), data).find("10.0.0.1")).isNull();
        assertThat(index("d.csv", "host", schema(KeyType.ADDRESS), data).find("10.0.0.1"))
                .isNotNull();
    }

    @Test
    void aSchemaTellsTheTypesOfColumns() throws IOException {
        LookupSchema schema =
                new LookupSchema(
                        KeyType.TEXT, Map.of("n", ColumnType.NUMBER, "isProd", ColumnType.BOOLEAN));

        LookupIndex index = index("d.csv", "id", schema, "id,n,isProd,note\n7,1.50,TRUE,\n");

        assertThat(text(index.find("7"))).isEqualTo("{\"id\":\"7\",\"n\":1.50,\"isProd\":true}");
    }

    @Test
    void csvIsReadByItsRfc() throws IOException {
        LookupIndex index =
                index(
                        "d.csv",
                        "k",
                        LookupSchema.NONE,
                        "\uFEFFk,v\r\n\r\na,\"x, \"\"y\"\"\nz\"\r\n\"b\",ü");

        assertThat(text(index.find("a"))).isEqualTo("{\"k\":\"a\",\"v\":\"x, \\\"y\\\"\\nz\"}");
        assertThat(text(index.find("b"))).isEqualTo("{\"k\":\"b\",\"v\":\"ü\"}");
    }

    @Test
    void jsonLinesKeepTheirTypesAndAListOfKeysFindsTheRowByEach() throws IOException {
        LookupIndex index =
                index(
                        "d.jsonl",
                        "ids",
                        LookupSchema.NONE,
                        """
                        {"ids":["a","b",3],"n":1.0,"in":{"x":[1,null]}}
                        {"ids":4,"p_match":"never"}
                        {"no":"key"}
                        """);

        String row = "{\"ids\":[\"a\",\"b\",3],\"n\":1.0,\"in\":{\"x\":[1,null]}}";
        assertThat(text(index.find("a"))).isEqualTo(row);
        assertThat(text(index.find("3"))).isEqualTo(row);
        assertThat(text(index.find("4"))).isEqualTo("{\"ids\":4}");
        assertThat(index.find("c")).isNull();
    }

    @Test
    void gzipIsToldFromTheFirstBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("k,v\na,1\n".getBytes(StandardCharsets.UTF_8));
        }

        LookupIndex index =
                LookupReader.read(
                        "d.csv.gz",
                        new ByteArrayInputStream(bytes.toByteArray()),
                        "k",
                        LookupSchema.NONE);

        assertThat(text(index.find("a"))).isEqualTo("{\"k\":\"a\",\"v\":\"1\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d.csv   | ''                | d.csv, after 0 rows: there is no header",
                "d.csv   | k,k\\n            | d.csv, after 0 rows: the header names a column twice: k, k",
                "d.csv   | k,v\\na           | d.csv, after 0 rows: there are 1 fields, expected 2",
                "d.csv   | k,v\\n1.1.1.1,b\\nc,\"d | d.csv, after 1 rows: a quoted field does not end",
                "d.csv   | k\\n\"a\"b        | d.csv, after 0 rows: expected a comma after the quoted field 'a'",
                "d.csv   | a\\nb             | d.csv, after 1 rows: no row has the primary key k",
                "d.csv   | k\\n1.2.3.4\\nhost | d.csv, after 2 rows: k is 'host', expected an IP address or a range such as 10.0.0.0/8",
                "d.csv   | k\\n1.2.3.4/33    | d.csv, after 1 rows: k is '1.2.3.4/33', expected an IP address or a range such as 10.0.0.0/8",
                "d.jsonl | {\"k\":{}}        | d.jsonl, after 1 rows: k is {}, expected text or a number",
                "d.jsonl | [1]               | d.jsonl, after 0 rows: expected a JSON object",
                "d.jsonl | {\"k\":\"1.1.1.1\"}\\n{\"k | d.jsonl, after 1 rows: this is not JSON: Unexpected end-of-input in field name",
                "d.mmdb  | no                | d.mmdb: Could not find a MaxMind DB metadata marker in this file",
                "d.xlsx  | a                 | d.xlsx: expected the name to end in .csv, .jsonl or .mmdb, and maybe .gz",
            })
    void whatCannotBeReadIsRefusedWithFileRowAndReason(String file, String data, String reason) {
        String text = data.replace("\\n", "\n");

        assertThatThrownBy(() -> index(file, "k", schema(KeyType.ADDRESS), text))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(reason);
    }
}
