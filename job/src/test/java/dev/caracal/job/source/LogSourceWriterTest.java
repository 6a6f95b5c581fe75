package dev.caracal.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogSourceWriterTest {

    private static final List<String> TRAIL = List.of("AWS.CloudTrail");

    static Stream<LogSource> sources() {
        return Stream.of(
                new LogSource(
                        "plain",
                        "Plain",
                        "012345678901",
                        "example-logs",
                        List.of(new PrefixLogTypes("", TRAIL, "auto")),
                        List.of(),
                        "",
                        "",
                        "",
                        0,
                        List.of(),
                        true),
                new LogSource(
                        "007",
                        "1e3",
                        "123456789012",
                        "1.2.com",
                        List.of(
                                new PrefixLogTypes("a: 'b' \"c\" #d/", TRAIL, "csv:;"),
                                new PrefixLogTypes("yes", TRAIL, "json-array:records"),
                                new PrefixLogTypes("ünï/\n/", TRAIL, "lines")),
                        List.of("- x", "null", "{}", ""),
                        "arn:aws-cn:iam::123456789012:role/path/CaracalLogProcessingRole-1e3",
                        "123456",
                        "arn:aws:kms:us-east-1:123456789012:key/1234",
                        60,
                        List.of("soc-slack", "true"),
                        false));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void whatIsWrittenIsRead(LogSource source) {
        LogSourceReader reader = new LogSourceReader(TRAIL::contains);

        assertThat(reader.read("sources/a.yml", LogSourceWriter.yaml(source)))
                .isEqualTo(new LogSourceReader.Parsed.OfBucket(source));
    }

    @Test
    void whatIsWrittenOfAQueueIsRead() {
        QueueSource queue =
                new QueueSource(
                        "app",
                        "App",
                        "https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app",
                        TRAIL,
                        "lines",
                        List.of("arn:aws:iam::111122223333:root"),
                        List.of("arn:aws:sns:us-east-1:111122223333:app-*"),
                        60,
                        List.of("soc"));

        String yaml = LogSourceWriter.yaml(queue);

        assertThat(new LogSourceReader(TRAIL::contains).read("sources/a.yml", yaml))
                .isEqualTo(new LogSourceReader.Parsed.OfQueue(queue));
        assertThat(yaml).startsWith("type: sqs\nid: app\n");
    }

    @Test
    void aPersonCanReadIt() {
        LogSource source =
                new LogSource(
                        "shop",
                        "Shop logs",
                        "111122223333",
                        "shop-logs",
                        List.of(new PrefixLogTypes("AWSLogs/", TRAIL, "auto")),
                        List.of("AWSLogs/digest/"),
                        "",
                        "",
                        "",
                        30,
                        List.of(),
                        false);

        assertThat(LogSourceWriter.yaml(source))
                .isEqualTo(
                        """
                        id: shop
                        name: Shop logs
                        accountId: '111122223333'
                        bucket: shop-logs
                        prefixLogTypes:
                          - prefix: AWSLogs/
                            logTypes:
                              - AWS.CloudTrail
                        excludedPrefixes:
                          - AWSLogs/digest/
                        dropOffMinutes: 30
                        """);
    }
}
