package dev.caracal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.job.alert.AlertClock;
import dev.caracal.job.alert.AlertOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyTest {

    @TempDir private java.nio.file.Path control;

    private StreamExecutionEnvironment environment() {
        Configuration cluster = new Configuration();
        cluster.setString("execution.checkpointing.interval", "10 s");
        return StreamExecutionEnvironment.getExecutionEnvironment(cluster);
    }

    private Configuration options() {
        Configuration options = new Configuration();
        options.set(JobOptions.CONTROL_LOCATION, control.toString());
        options.set(JobOptions.OUTPUT_LOCATION, "s3://output/prefix");
        options.setString("sqs.queue-url", "https://sqs.us-east-1.amazonaws.com/123456789012/q");
        options.setString("sns.topic-arn", "arn:aws:sns:us-east-1:123456789012:alerts");
        options.setString("aws.region", "us-east-1");
        options.setString("lake.warehouse", control.resolve("lake").toString());
        return options;
    }

    private StreamGraph graph() {
        StreamExecutionEnvironment env = environment();
        CaracalJob.build(env, options());
        return env.getStreamGraph();
    }

    @ParameterizedTest
    @EnumSource
    void everyOperatorHasAUidAndAName(AlertClock clock) {
        StreamExecutionEnvironment env = environment();
        CaracalJob.build(env, options().set(AlertOptions.CLOCK, clock));
        for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
            assertThat(node.getTransformationUID()).as("uid of %s", node).isNotBlank();
            assertThat(node.getOperatorName()).as("name of %s", node).isNotBlank();
        }
    }

    @Test
    void operatorsAreNamedAsTheDesignNamesThem() {
        assertThat(graph().getStreamNodes())
                .extracting(StreamNode::getOperatorName)
                .map(name -> name.replaceFirst("^Source: ", ""))
                .contains(
                        "SqsSource",
                        "NotificationFunction",
                        "S3ObjectReader",
                        "ParseFunction",
                        "ControlSource",
                        "ControlCheckFunction",
                        "DetectFunction",
                        "AlertFunction",
                        "RouteFunction",
                        "WebhookDelivery",
                        "SnsDelivery",
                        "SqsDelivery",
                        "LakeEventFunction",
                        "LakeUpkeepFunction")
                .doesNotContain("EventSink: Writer");
    }

    /** The boxes of Flink's dashboard show descriptions, the table below shows names. */
    @Test
    void theDashboardTellsWhatOperatorsDo() {
        assertThat(graph().getStreamNodes())
                .extracting(StreamNode::getOperatorDescription)
                .contains(
                        "SqsSource: polls the queue",
                        "S3ObjectReader: reads objects and cuts them into records",
                        "ParseFunction: makes events of records, each record once",
                        "DetectFunction: runs the rules",
                        "AlertFunction: groups matches into alerts");
    }

    @Test
    void withoutALakeEventsGoToFiles() {
        StreamExecutionEnvironment env = environment();
        Configuration options = options();
        options.removeConfig(LakeOptions.WAREHOUSE);
        CaracalJob.build(env, options);

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getOperatorName)
                .contains("EventSink: Writer")
                .doesNotContain("LakeEventFunction");
    }

    @Test
    void theReaderIsChainedToTheSource() {
        JobGraph jobGraph = graph().getJobGraph();

        assertThat(StreamSupport.stream(jobGraph.getVertices().spliterator(), false))
                .extracting(JobVertex::getName)
                .anySatisfy(
                        name ->
                                assertThat(name)
                                        .contains(
                                                List.of(
                                                        "SqsSource",
                                                        "NotificationFunction",
                                                        "S3ObjectReader")));
    }

    @Test
    void nothingIsSerialisedByReflection() {
        StreamExecutionEnvironment env = environment();
        CaracalJob.build(env, options());

        // Building the graph makes every serializer, and fails at the first generic type.
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(env.getStreamGraph().getStreamNodes()).isNotEmpty();
    }

    /**
     * From Flink 2.2 on Managed Flink refuses a job that sets anything in code but what it lists.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/managed-flink/latest/java/programmatic-configuration.html">Programmatic
     *     Flink configuration properties</a>
     */
    @Test
    void onlyPipelineOptionsAreSetInCode() {
        StreamExecutionEnvironment env = environment();
        Map<String, String> before = configuration(env);
        CaracalJob.build(env, options());
        env.getStreamGraph();

        assertThat(configuration(env).entrySet())
                .filteredOn(entry -> !before.entrySet().contains(entry))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "pipeline.name",
                        "pipeline.generic-types",
                        "pipeline.object-reuse",
                        "pipeline.auto-generate-uids",
                        "pipeline.auto-watermark-interval");
        assertThat(configuration(env)).containsKeys(before.keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource
    void whatManagedFlinkRefusesWouldBeSeen(Consumer<StreamExecutionEnvironment> setting) {
        StreamExecutionEnvironment env = environment();
        Map<String, String> before = configuration(env);

        setting.accept(env);

        assertThat(configuration(env)).isNotEqualTo(before);
    }

    static Stream<Consumer<StreamExecutionEnvironment>> whatManagedFlinkRefusesWouldBeSeen() {
        return Stream.of(
                env -> env.enableCheckpointing(60_000),
                env -> env.getCheckpointConfig().setMaxConcurrentCheckpoints(2),
                env -> env.setParallelism(4),
                env ->
                        env.configure(
                                new Configuration()
                                        .set(StateBackendOptions.STATE_BACKEND, "hashmap")),
                env ->
                        env.configure(
                                new Configuration()
                                        .set(RestartStrategyOptions.RESTART_STRATEGY, "none")));
    }

    /** All that may be set at an environment, wherever it keeps it. */
    private static Map<String, String> configuration(StreamExecutionEnvironment env) {
        Configuration all = new Configuration((Configuration) env.getConfiguration());
        all.addAll(env.getCheckpointConfig().toConfiguration());
        all.addAll(env.getConfig().toConfiguration());
        return all.toMap();
    }
}
