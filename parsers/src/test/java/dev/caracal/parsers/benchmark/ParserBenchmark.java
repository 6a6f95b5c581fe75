package dev.caracal.parsers.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.stream.LogStream;
import dev.caracal.parsers.stream.LogStreams;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * One gzipped object to normalised JSON, against a floor: what it costs merely to unzip, read and
 * write the same with Jackson (a tree for JSON, columns split at blanks for text).
 *
 * <p>{@code mvn -pl parsers test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=dev.caracal.parsers.benchmark.ParserBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ParserBenchmark {

    private static final int EVENTS = 10_000;
    private static final int MAX_RECORD_BYTES = 16 << 20;

    @Param({"AWS.CloudTrail", "AWS.VPCFlow", "AWS.ALB", "AWS.S3ServerAccess"})
    public String logType;

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory factory =
            mapper.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    private final OutputStream out = OutputStream.nullOutputStream();
    private final String[] names = new String[64];

    private byte[] object;
    private byte[] header = new byte[0];
    private Classifier classifier;

    @Setup
    public void prepare() {
        byte[] content = new SampleLogs(EVENTS).make(logType);
        object = SampleLogs.gzip(content);
        if (logType.equals("AWS.VPCFlow")) {
            header =
                    new String(content, 0, 200, StandardCharsets.UTF_8)
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .getBytes(StandardCharsets.UTF_8);
        }
        LogType type = LogTypes.builtin().find(logType).orElseThrow();
        classifier = new Classifier(List.of(type));
        Arrays.setAll(names, i -> "column" + i);
    }

    /**
     * Processor time of the measuring thread: on a machine with other work it tells more than the
     * time on the clock.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Processor {

        public long nanos;
        public long objects;

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long start;

        @Setup(Level.Invocation)
        public void start() {
            start = threads.getCurrentThreadCpuTime();
        }

        @TearDown(Level.Invocation)
        public void stop() {
            nanos += threads.getCurrentThreadCpuTime() - start;
            objects++;
        }
    }

    @Benchmark
    public long caracal(Processor processor) throws IOException {
        LogStream records = LogStreams.open("auto", unzip(), "key", MAX_RECORD_BYTES);
        long events = 0;
        for (long index = 0; records.next(); index++) {
            RecordContext context =
                    new RecordContext("source", "label", "bucket/key", index, header, 1L);
            Classification classification =
                    classifier.classify(
                            records.buffer(), records.offset(), records.length(), context);
            for (Event event : ((Classification.Accepted) classification).events()) {
                out.write(event.json());
                out.write('\n');
                events++;
            }
        }
        return check(events);
    }

    @Benchmark
    public long floor(Processor processor) throws IOException {
        return check(logType.equals("AWS.CloudTrail") ? jsonFloor() : textFloor());
    }

    private long jsonFloor() throws IOException {
        long events = 0;
        try (JsonParser parser = factory.createParser(unzip());
                JsonGenerator generator = factory.createGenerator(out)) {
            generator.setCodec(mapper);
            while (parser.nextToken() != JsonToken.START_ARRAY) {
                // Up to the records.
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode event = mapper.readTree(parser);
                mapper.writeTree(generator, event);
                generator.writeRaw('\n');
                events++;
            }
        }
        return events;
    }

    private long textFloor() throws IOException {
        long events = 0;
        try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(unzip(), StandardCharsets.UTF_8));
                JsonGenerator generator = factory.createGenerator(out)) {
            String line = reader.readLine();
            if (header.length > 0) {
                line = reader.readLine();
            }
            for (; line != null; line = reader.readLine()) {
                generator.writeStartObject();
                int start = 0;
                for (int column = 0; start <= line.length(); column++) {
                    int end = line.indexOf(' ', start);
                    end = end < 0 ? line.length() : end;
                    generator.writeStringField(names[column], line.substring(start, end));
                    start = end + 1;
                }
                generator.writeEndObject();
                generator.writeRaw('\n');
                events++;
            }
        }
        return events;
    }

    private static long check(long events) {
        if (events != EVENTS) {
            throw new IllegalStateException("Expected " + EVENTS + " events, got " + events);
        }
        return events;
    }

    private InputStream unzip() throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(object), 64 << 10);
    }

    /** Runs the benchmarks and prints a table of processor time and its ratio to the floor. */
    public static void main(String[] arguments) throws RunnerException {
        if (ParserBenchmark.class.getClassLoader() instanceof URLClassLoader loader) {
            // Maven's class loader: the JVMs that are measured need its class path.
            String classPath =
                    Arrays.stream(loader.getURLs())
                            .map(url -> Path.of(URI.create(url.toString())).toString())
                            .collect(Collectors.joining(File.pathSeparator));
            System.setProperty("java.class.path", classPath);
        }
        Options options =
                new OptionsBuilder()
                        .include(ParserBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .jvmArgs("-Xms512m", "-Xmx512m")
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        System.out.printf(
                "%n%-20s %10s %10s %8s %8s %12s %14s%n",
                "log type", "caracal ms", "floor ms", "ratio", "MB/s", "events/s", "B/event alloc");
        for (RunResult result : results) {
            if (!result.getParams().getBenchmark().endsWith("caracal")) {
                continue;
            }
            String type = result.getParams().getParam("logType");
            double millis = processorMillis(result);
            double floor = processorMillis(find(results, "floor", type));
            double allocated =
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / EVENTS;
            double megabytes = new SampleLogs(EVENTS).make(type).length / 1e6;
            System.out.printf(
                    "%-20s %10.2f %10.2f %8.2f %8.0f %12.0f %14.0f%n",
                    type,
                    millis,
                    floor,
                    millis / floor,
                    megabytes / millis * 1000,
                    EVENTS / millis * 1000,
                    allocated);
        }
    }

    private static double processorMillis(RunResult result) {
        double nanos = result.getSecondaryResults().get("nanos").getScore();
        return nanos / result.getSecondaryResults().get("objects").getScore() / 1e6;
    }

    private static RunResult find(Collection<RunResult> results, String method, String logType) {
        return results.stream()
                .filter(r -> r.getParams().getBenchmark().endsWith(method))
                .filter(r -> r.getParams().getParam("logType").equals(logType))
                .findFirst()
                .orElseThrow();
    }
}
