package dev.caracal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.CatalogType;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.UpkeepSettings;
import dev.caracal.job.detect.DetectFunction;
import dev.caracal.job.detect.RuleCacheSettings;
import dev.caracal.job.detect.RuleSet;
import dev.caracal.job.detect.RuleSetChange;
import dev.caracal.job.lake.Lake;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.parsers.Event;
import dev.caracal.rules.BuiltinRules;
import dev.caracal.rules.Match;
import java.io.File;
import java.io.ObjectStreamClass;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that has ended must not keep its classes, some 200 MB of metaspace, in a TaskManager.
 *
 * <p>{@code -Dcaracal.rounds=10}, the default, runs so many jobs one after the other, each in a
 * class loader of its own, and prints what is left of metaspace after each.
 */
class ClassLoaderReleaseTest {

    private static final long PATIENCE_NANOS = Duration.ofMinutes(3).toNanos();
    private static final int ROUNDS = Integer.getInteger("caracal.rounds", 10);

    /** The JVM's own share grows a little with each round. */
    private static final long GROWTH_BYTES = 10L << 20;

    private static final AwsSettings AWS = new AwsSettings("us-east-1", Map.of());

    /** Where the job, whose classes are others than the test's, leaves its class loader. */
    private static final String LOADER = "caracal.test.loader";

    @TempDir private Path folder;

    @Test
    void aJobWithRulesAndALakeLeavesNothingThatKeepsItsClassLoader() throws Exception {
        try (MiniCluster cluster = new MiniCluster(cluster())) {
            cluster.start();
            long afterFirst = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                run(cluster);

                assertThat(isCollected()).as("round %d", round).isTrue();
                assertThat(rows()).isEqualTo(round);
                long metaspace = metaspaceBytes();
                System.out.printf("round %d: metaspace %d MB%n", round, metaspace >> 20);
                afterFirst = round == 1 ? metaspace : afterFirst;
                assertThat(metaspace).isLessThan(afterFirst + GROWTH_BYTES);
            }
        }
    }

    private static long metaspaceBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static MiniClusterConfiguration cluster() {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        // A TaskManager has no Hadoop of its own.
        configuration.set(
                CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS,
                CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS.defaultValue().stream()
                        .filter(pattern -> !pattern.startsWith("org.apache.hadoop"))
                        .toList());
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress("127.0.0.1")
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build();
    }

    /** As from a jar: its classes are loaded once more, by a class loader of the job's own. */
    private void run(MiniCluster cluster) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        define(env);
        JobGraph job = env.getStreamGraph().getJobGraph();
        job.setClasspaths(classPath());
        cluster.executeJobBlocking(job);
    }

    private void define(StreamExecutionEnvironment env) {
        ControlLocation control = new ControlLocation(folder.toString(), AWS);
        DataStream<Event> events =
                env.fromData(List.of(event()), TypeInformation.of(Event.class))
                        .map(ClassLoaderReleaseTest::leaveClassLoader)
                        .returns(TypeInformation.of(Event.class));
        DataStream<SchemaSet> schemas =
                env.fromData(
                        List.of(new SchemaSet(List.of())), TypeInformation.of(SchemaSet.class));
        new Lake(
                        settings(),
                        new UpkeepSettings(Duration.ofMillis(1), Duration.ofDays(1), Map.of()),
                        Duration.ofDays(365))
                .addEvents(events, schemas, control);
        DataStream<RuleSetChange> rules =
                env.fromData(
                        List.of(RuleSetChange.to(new RuleSet(List.of(), List.of()))),
                        TypeInformation.of(RuleSetChange.class));
        events.connect(rules.broadcast(DetectFunction.RULES, DetectFunction.LOOKUP_TABLES))
                .process(
                        DetectFunction.withRules(
                                BuiltinRules.sources(),
                                control,
                                Duration.ofSeconds(10),
                                new RuleCacheSettings(
                                        folder.toString(), "", Duration.ofSeconds(5), AWS)))
                .returns(TypeInformation.of(Match.class))
                .sinkTo(new DiscardingSink<>());
    }

    private static Event event() {
        String json =
                """
                {"eventName":"ConsoleLogin","p_log_type":"AWS.CloudTrail","p_row_id":"r1",\
                "p_event_time":"2026-11-24 05:06:07.000000000",\
                "p_parse_time":"2026-11-24 12:00:00.000000000"}""";
        return new Event("AWS.CloudTrail", "r1", 0, 0, "", json.getBytes(StandardCharsets.UTF_8));
    }

    private static Event leaveClassLoader(Event event) {
        System.getProperties()
                .put(LOADER, new WeakReference<>(ClassLoaderReleaseTest.class.getClassLoader()));
        return event;
    }

    private LakeSettings settings() {
        return new LakeSettings(
                folder.resolve("lake").toString(),
                CatalogType.JDBC,
                "jdbc:sqlite:" + folder.resolve("lake").resolve("catalog.db"),
                "caracal",
                Map.of(),
                AWS);
    }

    private long rows() throws Exception {
        try (LakeReader reader = new LakeReader(settings())) {
            return reader.content("aws_cloudtrail", Optional.empty(), Optional.empty()).rows();
        }
    }

    private static List<URL> classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(path).toURI().toURL());
        }
        return urls;
    }

    private static boolean isCollected() {
        WeakReference<?> loader = (WeakReference<?>) System.getProperties().get(LOADER);
        assertThat(loader.get()).isNotSameAs(ClassLoaderReleaseTest.class.getClassLoader());
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (loader.get() != null && System.nanoTime() < end) {
            System.gc();
            serializeSomethingNew();
        }
        return loader.get() == null;
    }

    /**
     * As each next job of a TaskManager does. Only then the JDK lets go of classes that were
     * serialized and are no longer needed (JDK-8277072).
     */
    private static void serializeSomethingNew() {
        ClassLoader another = new ClassLoader(ClassLoaderReleaseTest.class.getClassLoader()) {};
        Object proxy =
                Proxy.newProxyInstance(
                        another, new Class<?>[] {Runnable.class}, (self, method, values) -> null);
        ObjectStreamClass.lookup(proxy.getClass());
    }
}
