package dev.caracal.job.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.lake.CatalogType;
import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeRows;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.WriteResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CPU time of one thread for an event of CloudTrail, in the lake and as a JSON line. */
class LakeBenchmark {

    private static final int EVENTS = 50_000;
    private static final int ROUNDS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir private Path folder;

    private interface Work {
        long run(List<byte[]> events) throws Exception;
    }

    @Test
    void aRowCostsNoMoreThanALine() throws Exception {
        LogType logType = LogTypes.builtin().find("AWS.CloudTrail").orElseThrow();
        List<byte[]> events = events(logType);
        LakeSettings settings =
                new LakeSettings(
                        folder.toString(),
                        CatalogType.JDBC,
                        "jdbc:sqlite:" + folder.resolve("catalog.db"),
                        "caracal",
                        Map.of(),
                        new AwsSettings("us-east-1", Map.of()));
        TableShape shape = EventTables.of(logType);
        try (LakeRows rows = new LakeRows(settings)) {
            rows.ready(shape.table());
        }
        LakeCatalog lake = new LakeCatalog(settings);
        Table table = lake.loadCatalog().loadTable(lake.table("aws_cloudtrail"));
        RowReader reader = new RowReader(table.schema(), shape.texts().json());

        double line = measure("gzip JSON lines", events, LakeBenchmark::gzip);
        measure("JSON to row", events, all -> read(reader, all));
        double row = measure("JSON to row to Parquet", events, all -> write(table, reader, all));
        assertThat(row).isLessThan(2 * line);
    }

    private static List<byte[]> events(LogType logType) {
        Classifier classifier = new Classifier(List.of(logType));
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            byte[] record = record(i).getBytes(StandardCharsets.UTF_8);
            Classification classification =
                    classifier.classify(
                            record,
                            0,
                            record.length,
                            new RecordContext(
                                    "id", "label", "s3://b/k", i, new byte[0], 1_790_000_000_000L));
            for (Event event : ((Classification.Accepted) classification).events()) {
                events.add(event.json());
            }
        }
        return events;
    }

    private static String record(int i) {
        int mixed = i * 0x9E3779B1;
        return """
        {"eventVersion":"1.09","userIdentity":{"type":"AssumedRole",\
        "principalId":"AROAEXAMPLE%1$05d:session%2$d",\
        "arn":"arn:aws:sts::12345678901%3$d:assumed-role/role%1$d/session%2$d",\
        "accountId":"12345678901%3$d","accessKeyId":"ASIAEXAMPLE%4$08x",\
        "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE%1$05d",\
        "arn":"arn:aws:iam::12345678901%3$d:role/role%1$d","accountId":"12345678901%3$d",\
        "userName":"role%1$d"},"attributes":{"creationDate":"2026-09-21T10:%5$02d:00Z",\
        "mfaAuthenticated":"false"}}},"eventTime":"%6$s","eventSource":"s3.amazonaws.com",\
        "eventName":"GetObject%7$d","awsRegion":"eu-west-%3$d","sourceIPAddress":"192.0.2.%8$d",\
        "userAgent":"[aws-sdk-java/2.40.%3$d Linux/5.10 OpenJDK_64-Bit_Server_VM/17.0.%7$d]",\
        "requestParameters":{"bucketName":"bucket-%1$d","Host":"bucket-%1$d.s3.amazonaws.com",\
        "key":"folder/%4$08x/object.json"},"responseElements":null,\
        "additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256",\
        "bytesTransferredIn":0,"bytesTransferredOut":%2$d},"requestID":"R%4$08x",\
        "eventID":"0a1b2c3d-0000-4000-8000-%4$08x%1$04d","readOnly":true,\
        "resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::bucket-%1$d/folder/%4$08x"},\
        {"accountId":"12345678901%3$d","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::bucket-%1$d"}],\
        "eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"12345678901%3$d",\
        "eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.3",\
        "cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"s3.amazonaws.com"}}"""
                .formatted(
                        mixed >>> 24,
                        mixed >>> 12 & 0xfff,
                        mixed >>> 8 & 3,
                        mixed,
                        i % 60,
                        Instant.ofEpochSecond(1_790_000_000L + i / 20),
                        mixed >>> 16 & 15,
                        mixed >>> 20 & 0xff);
    }

    private static double measure(String name, List<byte[]> events, Work work) throws Exception {
        double best = Double.MAX_VALUE;
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            bytes = work.run(events);
            best =
                    Math.min(
                            best,
                            (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / events.size());
        }
        long json = events.stream().mapToLong(event -> event.length).sum();
        System.out.printf(
                "%s: %.1f µs of CPU an event of %d bytes, %d bytes out%n",
                name, best, json / events.size(), bytes / events.size());
        return best;
    }

    private static long gzip(List<byte[]> events) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
            for (byte[] event : events) {
                out.write(event);
                out.write('\n');
            }
        }
        return bytes.size();
    }

    private static long read(RowReader reader, List<byte[]> events) throws Exception {
        long fields = 0;
        for (byte[] event : events) {
            fields += reader.read(event).getArity();
        }
        return fields;
    }

    private static long write(Table table, RowReader reader, List<byte[]> events) throws Exception {
        RowDataTaskWriterFactory factory =
                new RowDataTaskWriterFactory(
                        () -> table,
                        FlinkSchemaUtil.convert(table.schema()),
                        1 << 30,
                        FileFormat.PARQUET,
                        table.properties(),
                        List.of(),
                        false,
                        table.schema(),
                        table.spec());
        factory.initialize(0, 0);
        TaskWriter<RowData> writer = factory.create();
        for (byte[] event : events) {
            writer.write(reader.read(event));
        }
        WriteResult result = writer.complete();
        long bytes = 0;
        for (var file : result.dataFiles()) {
            bytes += file.fileSizeInBytes();
        }
        return bytes;
    }
}
