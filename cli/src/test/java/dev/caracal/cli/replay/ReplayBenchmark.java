package dev.caracal.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.job.lake.LakeDocument;
import dev.caracal.job.lake.LakeRowGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays 1 million events of CloudTrail with the built-in rules, of which one matches each
 * thousandth event, and prints the summary; not part of the tests.
 *
 * <p>{@code mvn verify -pl cli -am -DskipITs -Dtest=ReplayBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}; the figures are in {@code
 * cli/target/surefire-reports/*-output.txt}. With {@code -Dcaracal.folder} the lake stays there for
 * the next time.
 */
class ReplayBenchmark {

    private static final int WRITTEN = 50_000;
    private static final int COPIES = 19;
    private static final int DAYS = 5;
    private static final int ROOT_EVERY = 1_000;
    private static final List<String> NAMES =
            List.of("GetObject", "DescribeInstances", "AssumeRole", "ListBuckets", "PutObject");

    @TempDir private Path temporary;

    @Test
    void aMillionEvents() throws Exception {
        Path folder = Path.of(System.getProperty("caracal.folder", temporary.toString()));
        if (!Files.exists(folder.resolve("catalog.db"))) {
            fill(folder);
        }
        Outcome outcome = CommandTester.run("replay", "--warehouse=" + folder);

        System.out.println(outcome.err());
        int events = WRITTEN * (COPIES + 1);
        assertThat(outcome.err())
                .contains(events + " events read", events / ROOT_EVERY + " matches");
    }

    private static void fill(Path folder) throws Exception {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        LakeSettings settings = LakeSettings.from(options).orElseThrow();
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        env.getConfig().enableObjectReuse();
        LakeSink.append(
                env.fromSource(
                                new NumberSequenceSource(1, WRITTEN),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .map(ReplayBenchmark::document)
                        .returns(Types.POJO(LakeDocument.class)),
                new LakeRowGenerator(settings, Duration.ofDays(365)),
                settings,
                "lake");
        env.execute();
        copyFiles(settings);
    }

    /** The same rows many times: reading and judging them costs as much as others would. */
    private static void copyFiles(LakeSettings settings) throws Exception {
        LakeCatalog lake = new LakeCatalog(settings);
        Table table = lake.loadCatalog().loadTable(lake.table("aws_cloudtrail"));
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        }
        AppendFiles append = table.newAppend();
        for (DataFile file : files) {
            for (int i = 0; i < COPIES; i++) {
                String copy = file.location() + "-" + i + ".parquet";
                Files.copy(Path.of(file.location()), Path.of(copy));
                append.appendFile(
                        DataFiles.builder(table.specs().get(file.specId()))
                                .copy(file)
                                .withPath(copy)
                                .build());
            }
        }
        append.commit();
    }

    private static LakeDocument document(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        String json =
                """
                {"eventVersion":"1.09","userIdentity":{"type":"%7$s",\
                "arn":"arn:aws:sts::123456789012:assumed-role/role%1$d/session","accountId":\
                "123456789012","accessKeyId":"ASIA%2$016x","sessionContext":{"attributes":\
                {"mfaAuthenticated":"false"},"sessionIssuer":{"type":"Role","userName":"role%1$d"}}},\
                "eventTime":"2026-11-%3$02d 05:%4$02d:07.000000000","eventSource":"s3.amazonaws.com",\
                "eventName":"%5$s","awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.%6$d",\
                "userAgent":"aws-sdk-java/2.40 Linux/5.10 OpenJDK_64-Bit_Server_VM/17.0",\
                "requestParameters":{"bucketName":"bucket-%1$d","key":"folder/%2$016x/object.json"},\
                "requestID":"%2$016x","eventID":"0a1b2c3d-0000-4000-8000-%2$016x","readOnly":true,\
                "eventType":"AwsApiCall","managementEvent":false,"eventCategory":"Data",\
                "recipientAccountId":"123456789012","p_log_type":"AWS.CloudTrail",\
                "p_row_id":"%2$016x","p_source_id":"shop","p_source_label":"shop",\
                "p_event_time":"2026-11-%3$02d 05:%4$02d:07.000000000",\
                "p_parse_time":"2026-11-24 12:00:00.000000000",\
                "p_any_ip_addresses":["192.0.2.%6$d"],"p_any_aws_account_ids":["123456789012"]}"""
                        .formatted(
                                mixed >>> 56,
                                mixed,
                                number * DAYS / WRITTEN + 1,
                                number % 60,
                                NAMES.get((int) (number % NAMES.size())),
                                mixed >>> 40 & 255,
                                number % ROOT_EVERY == 0 ? "Root" : "AssumedRole");
        return new LakeDocument("AWS.CloudTrail", "", json.getBytes(StandardCharsets.UTF_8));
    }
}
