package dev.caracal.parsers.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScannerTest {

    private static final String MD5 = "D41D8CD98F00B204E9800998ECF8427E";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip | 192.0.2.1 | ip_addresses 192.0.2.1",
                "ip | ' 2001:DB8::1 ' | ip_addresses 2001:DB8::1",
                "ip | ::ffff:192.0.2.1 | ip_addresses ::ffff:192.0.2.1",
                "ip | fe80:: | ip_addresses fe80::",
                "ip | 192.0.2.256 | nothing",
                "ip | 192.0.2.01 | nothing",
                "ip | 192.0.2 | nothing",
                "ip | 1:2:3:4:5:6:7:8:9 | nothing",
                "ip | 1::2::3 | nothing",
                "ip | fe80::1%eth0 | nothing",
                "ip | 10.0.0.0/8 | nothing",
                "ipv4_text | from 10.0.0.1 (10.0.0.2:53), 10.0.0.3. | ip_addresses 10.0.0.1 10.0.0.2"
                        + " 10.0.0.3",
                "ipv4_text | SRC=192.0.2.1/24 via <192.0.2.2> | ip_addresses 192.0.2.1 192.0.2.2",
                "ipv4_text | 1.2.3.4.5 v1.2.3.4 1.2.3.4a 1.2.3.4.example.com .1.2.3.4 | nothing",
                "ipv4_text | 1234.2.3.4 1.2.3.256 1.2.3 01.2.3.4 ... | nothing",
                "domain | ' example.com ' | domain_names example.com",
                "domain | xn--mnchen-3ya.de | domain_names m\u00fcnchen.de",
                "domain | ' ' | nothing",
                "hostname | 192.0.2.1 | ip_addresses 192.0.2.1",
                "hostname | host-1 | domain_names host-1",
                "url | https://u:p@example.com:8443/a?b#c | domain_names example.com",
                "url | http://[2001:db8::1]:80/ | ip_addresses 2001:db8::1",
                "url | ftp://192.0.2.1 | ip_addresses 192.0.2.1",
                "url | /path//x | nothing",
                "url | mailto:a@b.c | nothing",
                "net_addr | 192.0.2.1:443 | ip_addresses 192.0.2.1",
                "net_addr | [2001:db8::1]:443 | ip_addresses 2001:db8::1",
                "net_addr | 2001:db8::1 | ip_addresses 2001:db8::1",
                "net_addr | example.com:80 | domain_names example.com",
                "md5 | " + MD5 + " | md5_hashes d41d8cd98f00b204e9800998ecf8427e",
                "sha1 | " + MD5 + " | nothing",
                "sha256 | "
                        + MD5
                        + MD5
                        + " | sha256_hashes d41d8cd98f00b204e9800998ecf8427e"
                        + "d41d8cd98f00b204e9800998ecf8427e",
                "trace_id | ' t1 ' | trace_ids t1",
                "username | jo | usernames jo",
                "email | ' a@b.c' | emails a@b.c",
                "email | a.b.c | nothing",
                "aws_account_id | 123456789012 | aws_account_ids 123456789012",
                "aws_account_id | 12345678901x | nothing",
                "aws_instance_id | i-0abc | aws_instance_ids i-0abc",
                "aws_instance_id | x-0abc | nothing",
                "aws_arn | arn:aws:s3:::b | aws_arns arn:aws:s3:::b",
                "aws_arn | arn:aws:ec2:r:123456789012:instance/i-1 | aws_account_ids 123456789012"
                        + " aws_instance_ids i-1 aws_arns arn:aws:ec2:r:123456789012:instance/i-1",
                "aws_arn | arn:aws:s3 | nothing",
                "aws_tag | env:prod | aws_tags env:prod"
            })
    void scannerFindsWhatItIsFor(String scanner, String text, String expected) {
        IndicatorSet found = new IndicatorSet();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Scanner.find(scanner).orElseThrow().scan(bytes, 0, bytes.length, found);
        String written =
                written(found)
                        .replace("\":[", " ")
                        .replaceAll("[{}\\]\"]", "")
                        .replace("p_any_", "")
                        .replace(",", " ");
        assertThat(written.isEmpty() ? "nothing" : written).isEqualTo(expected);
    }

    @Test
    void valuesAreDistinctAndSortedHoweverManyThereAre() {
        IndicatorSet found = new IndicatorSet();
        for (int i = 0; i < 10_000; i++) {
            byte[] value = ("v" + i * 7919 % 5000).getBytes(StandardCharsets.UTF_8);
            found.add(Indicator.USERNAME, value, 0, value.length);
        }
        String json = written(found);
        String[] values = json.substring(json.indexOf('[') + 1, json.indexOf(']')).split(",");
        assertThat(values).hasSize(5000).doesNotHaveDuplicates().isSorted();
    }

    private static String written(IndicatorSet found) {
        JsonOutput out = new JsonOutput();
        out.raw('{');
        found.write(out);
        out.raw('}');
        return new String(out.copy(), StandardCharsets.UTF_8);
    }
}
