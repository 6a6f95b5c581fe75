package dev.caracal.cli.search;

import dev.caracal.connectors.lake.LakeCatalog;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeUpkeep;
import dev.caracal.connectors.lake.UpkeepSettings;
import dev.caracal.job.lake.LakeDocument;
import dev.caracal.job.lake.LakeRowGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.flink.sink.dynamic.DynamicRecord;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.TaskWriter;

/**
 * A lake of many log types over a week, and the raw records of the same events in gzip files. Of
 * two log types, eight files are written for each day, as so many checkpoints would, and then
 * merged by the upkeep; the others have copies of their files.
 *
 * @param rows of each log type
 */
record BenchmarkLake(Path folder, int logTypes, int rows) {

    /** The address that is in few of the events. */
    static final String RARE = "203.0.113.7";

    private static final int WRITTEN = 2;
    private static final int DAYS = 7;
    private static final int CHECKPOINTS = 8;
    private static final int RARE_EVERY = 900_001;
    private static final Instant START = Instant.parse("2026-11-16T00:00:00Z");

    Path warehouse() {
        return folder.resolve("lake");
    }

    Path raw() {
        return folder.resolve("raw");
    }

    private LakeSettings settings() {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, warehouse().toString());
        return LakeSettings.from(options).orElseThrow();
    }

    /** Does nothing if it has been filled before. */
    void fill() throws Exception {
        if (Files.exists(warehouse())) {
            return;
        }
        Files.createDirectories(raw());
        ExecutorService threads = Executors.newFixedThreadPool(WRITTEN);
        try {
            List<Future<?>> types = new ArrayList<>();
            for (int i = 0; i < WRITTEN; i++) {
                int type = i;
                types.add(
                        threads.submit(
                                () -> {
                                    write(type);
                                    return null;
                                }));
            }
            for (Future<?> type : types) {
                type.get();
            }
        } finally {
            threads.shutdown();
        }
        merge();
        for (int i = WRITTEN; i < logTypes; i++) {
            copy(i % WRITTEN, i);
        }
    }

    private void copy(int from, int to) throws Exception {
        LakeCatalog lake = new LakeCatalog(settings());
        generator()
                .generate(
                        document(name(to), yaml(name(to)), 0, record(new Random(), RARE, 0)),
                        new ListCollector<>(new ArrayList<>()));
        Table target = lake.loadCatalog().loadTable(lake.table(table(to)));
        AppendFiles append = target.newAppend();
        try (CloseableIterable<FileScanTask> tasks =
                lake.loadCatalog().loadTable(lake.table(table(from))).newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                Path source = Path.of(task.file().location());
                Path copy =
                        Path.of(target.location()).resolve("data").resolve(source.getFileName());
                Files.createDirectories(copy.getParent());
                Files.copy(source, copy);
                append.appendFile(
                        DataFiles.builder(target.spec())
                                .copy(task.file())
                                .withPath(copy.toString())
                                .build());
            }
        }
        append.commit();
        for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
            Files.copy(
                    raw(from, checkpoint),
                    raw(to, checkpoint),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String name(int type) {
        return "Acme.Type%02d".formatted(type);
    }

    private static String table(int type) {
        return name(type).toLowerCase(Locale.ROOT).replace('.', '_');
    }

    private Path raw(int type, int checkpoint) {
        return raw().resolve("%s-%d.json.gz".formatted(name(type), checkpoint));
    }

    private LakeRowGenerator generator() {
        LakeRowGenerator generator = new LakeRowGenerator(settings(), Duration.ofDays(365));
        generator.open((OpenContext) null);
        return generator;
    }

    private void merge() throws IOException {
        UpkeepSettings upkeep =
                new UpkeepSettings(Duration.ofMinutes(10), Duration.ofDays(1), Map.of());
        try (LakeUpkeep round = new LakeUpkeep(settings(), upkeep)) {
            round.run(Instant.now());
        }
    }

    private static String yaml(String logType) {
        return """
        schema: %s
        fields:
          - {name: time, type: timestamp, timeFormat: rfc3339, isEventTime: true}
          - {name: requestId, type: string}
          - {name: user, type: string, indicators: [username]}
          - {name: sourceAddress, type: string, indicators: [ip]}
          - {name: targetAddress, type: string, indicators: [ip]}
          - {name: host, type: string, indicators: [domain]}
          - {name: action, type: string}
          - {name: path, type: string}
          - {name: agent, type: string}
          - {name: status, type: int}
          - {name: bytes, type: bigint}
        """
                .formatted(logType);
    }

    private void write(int type) throws Exception {
        String logType = name(type);
        String yaml = yaml(logType);
        LakeRowGenerator generator = generator();
        Random random = new Random(type);
        for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
            Rows rows = new Rows(settings(), table(type));
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(raw(type, checkpoint)), 1 << 16)) {
                int count = rows() / CHECKPOINTS;
                for (int i = 0; i < count; i++) {
                    long number = ((long) type * CHECKPOINTS + checkpoint) * count + i;
                    String source = number % RARE_EVERY == 0 ? RARE : address(random, 50_000, 198);
                    String record = record(random, source, i);
                    out.write(('{' + record + "}\n").getBytes(StandardCharsets.UTF_8));
                    generator.generate(document(logType, yaml, number, record), rows);
                }
            }
            rows.commit();
        }
    }

    /** Some are in many events, and most in few. */
    private static String address(Random random, int count, int network) {
        double skew = random.nextDouble();
        int host = (int) (count * skew * skew * skew);
        return network + "." + (host >> 16) + '.' + (host >> 8 & 255) + '.' + (host & 255);
    }

    private static String record(Random random, String source, int i) {
        Instant time = START.plusSeconds(i % DAYS * 86_400L + random.nextInt(86_400));
        return String.join(
                "",
                "\"time\":\"" + time + "\",\"requestId\":\"",
                Long.toHexString(random.nextLong() | 1L << 63),
                "\",\"user\":\"user" + random.nextInt(3_000),
                "\",\"sourceAddress\":\"" + source,
                "\",\"targetAddress\":\"" + address(random, 5_000, 10),
                "\",\"host\":\"host" + random.nextInt(500) + ".example.com",
                "\",\"action\":\"Action" + random.nextInt(40),
                "\",\"path\":\"/folder/" + random.nextInt(1 << 20) + "/object.json",
                "\",\"agent\":\"Mozilla/5.0 (X11; Linux x86_64) Agent/" + random.nextInt(50),
                "\",\"status\":" + (200 + random.nextInt(5) * 100),
                ",\"bytes\":" + random.nextInt(1 << 20));
    }

    private static LakeDocument document(String logType, String yaml, long number, String record) {
        String time = member(record, "time");
        String json =
                String.join(
                        "",
                        "{" + record + ",\"p_log_type\":\"" + logType,
                        "\",\"p_row_id\":\"" + Long.toHexString(number * 0x9E3779B97F4A7C15L),
                        "\",\"p_source_id\":\"acme\",\"p_source_label\":\"acme\"",
                        ",\"p_event_time\":\"" + time.substring(0, 10) + ' ',
                        time.substring(11, 19) + ".000000000\"",
                        ",\"p_parse_time\":\"2026-11-24 12:00:00.000000000\"",
                        ",\"p_any_ip_addresses\":[\"" + member(record, "sourceAddress"),
                        "\",\"" + member(record, "targetAddress"),
                        "\"],\"p_any_usernames\":[\"" + member(record, "user"),
                        "\"],\"p_any_domain_names\":[\"" + member(record, "host") + "\"]}");
        return new LakeDocument(logType, yaml, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String member(String record, String name) {
        int start = record.indexOf('"' + name + "\":\"") + name.length() + 4;
        return record.substring(start, record.indexOf('"', start));
    }

    /** Files of a table, one for each day. */
    private static final class Rows implements Collector<DynamicRecord> {

        private final LakeCatalog lake;
        private final String name;
        private Table table;
        private TaskWriter<RowData> writer;

        Rows(LakeSettings settings, String name) {
            this.lake = new LakeCatalog(settings);
            this.name = name;
        }

        @Override
        public void collect(DynamicRecord row) {
            try {
                if (writer == null) {
                    writer = open();
                }
                writer.write(row.rowData());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private TaskWriter<RowData> open() {
            table = lake.loadCatalog().loadTable(lake.table(name));
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
            return factory.create();
        }

        void commit() throws IOException {
            AppendFiles append = table.newAppend();
            for (DataFile file : writer.complete().dataFiles()) {
                append.appendFile(file);
            }
            append.commit();
        }

        @Override
        public void close() {}
    }
}
