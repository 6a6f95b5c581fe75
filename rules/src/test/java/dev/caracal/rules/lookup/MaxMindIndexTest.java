package dev.caracal.rules.lookup;

import static dev.caracal.rules.lookup.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxMindIndexTest {

    private static final byte[] FILE =
            new MaxMindFile()
                    .add("10.0.0.0/8", new TreeMap<>(Map.of("asn", "AS1", "hosting", true)))
                    .add("192.0.2.0/24", Map.of("ports", List.of(80, 443)))
                    .add("192.0.3.7/32", Map.of("net", "own"))
                    .bytes();

    private static LookupIndex index(String name, byte[] file) throws IOException {
        return LookupReader.read(name, new ByteArrayInputStream(file), "net", LookupSchema.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3    | {\"net\":\"10.0.0.0/8\",\"asn\":\"AS1\",\"hosting\":true}",
                "192.0.2.255 | {\"net\":\"192.0.2.0/24\",\"ports\":[80,443]}",
                "192.0.3.7   | {\"net\":\"own\"}",
                "192.0.3.6   |",
                "11.0.0.0    |",
                "2001:db8::1 |",
                "example.com |",
            })
    void anAddressIsFoundWithItsNetworkAsPrimaryKey(String address, String row) throws IOException {
        assertThat(text(index("asn.mmdb", FILE).find(address))).isEqualTo(row);
    }

    @Test
    void itMayBeCompressed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(FILE);
        }

        assertThat(index("asn.mmdb.gz", bytes.toByteArray()).find("10.0.0.0")).isNotNull();
    }
}
