package dev.caracal.job;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The resources for the Flink Kubernetes operator, before the schema that it publishes. */
class KubernetesDeploymentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("../flink-conf");

    /** Of the operator's 1.10.0, the newest whose artifact is in Maven's repositories. */
    private static final String SCHEMA =
            "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    private static JsonSchema schema;

    @TempDir private Path folder;

    @BeforeAll
    static void readSchema() throws IOException {
        schema = schema();
    }

    private static JsonNode resource(String kind) throws IOException {
        String yaml = Files.readString(FOLDER.resolve("kubernetes/caracal.yaml"));
        return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                .map(document -> JSON.<JsonNode>valueToTree(document))
                .filter(document -> document.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = KubernetesDeploymentTest.class.getResourceAsStream(SCHEMA)) {
            JsonNode definition = JSON.valueToTree(new Yaml().load(in));
            JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
            ObjectNode properties = (ObjectNode) schema.path("properties");
            properties.putObject("apiVersion").put("type", "string");
            properties.putObject("kind").put("type", "string");
            properties.putObject("metadata").put("type", "object");
            refuseUnknownFields(schema);
            return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema);
        }
    }

    private static List<String> problems(JsonNode deployment) {
        return schema.validate(deployment).stream().map(ValidationMessage::getMessage).toList();
    }

    /** Kubernetes drops what a schema does not name. */
    private static void refuseUnknownFields(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("x-kubernetes-preserve-unknown-fields")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(KubernetesDeploymentTest::refuseUnknownFields);
    }

    /** The schema is older than Flink 2, and says the same of its versions otherwise. */
    private static ObjectNode deployment() throws IOException {
        ObjectNode deployment = (ObjectNode) resource("FlinkDeployment");
        deployment.withObject("/spec").put("flinkVersion", "v1_20");
        return deployment;
    }

    @Test
    void theDeploymentHasTheFormThatTheOperatorPublishes() throws IOException {
        assertThat(problems(deployment())).isEmpty();
        assertThat(resource("FlinkDeployment").at("/spec/flinkVersion").asText()).isEqualTo("v2_2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec/job/upgradeMode",
                "/spec/job/parallelism",
                "/spec/taskManager/resource/cpu",
                "/spec/podTemplate/spec/containers/0/volumeMounts/0/mountPath",
                "/spec/flinkConfiguration/taskmanager.numberOfTaskSlots"
            })
    void aValueOfAnotherFormWouldBeSeen(String pointer) throws IOException {
        ObjectNode deployment = deployment();
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) deployment.at(pointer.substring(0, slash));
        parent.putArray(pointer.substring(slash + 1)).add("x");

        assertThat(problems(deployment)).anyMatch(problem -> problem.contains(": array found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spec", "/spec/job", "/spec/podTemplate/spec/containers/0"})
    void anUnknownFieldWouldBeSeen(String pointer) throws IOException {
        ObjectNode deployment = deployment();
        ((ObjectNode) deployment.at(pointer)).put("noSuchField", "x");

        assertThat(problems(deployment)).singleElement().asString().contains("noSuchField");
    }

    @Test
    void itsOptionsAreThoseOfTheJob() throws IOException {
        Path options =
                Files.writeString(
                        folder.resolve("caracal.yaml"),
                        resource("ConfigMap").path("data").path("caracal.yaml").asText());
        JsonNode job = resource("FlinkDeployment").at("/spec/job");
        String mounted =
                resource("FlinkDeployment")
                        .at("/spec/podTemplate/spec/containers/0/volumeMounts/0/mountPath")
                        .asText();

        assertThat(new JobConfiguration(JobOptions.everything()).addFile(options).toConfiguration())
                .matches(read -> read.get(JobOptions.CONTROL_LOCATION).startsWith("s3://"));
        assertThat(job.path("args").toString())
                .isEqualTo("[\"--config\",\"" + mounted + "/caracal.yaml\"]");
        assertThat(job.path("entryClass").asText()).isEqualTo(CaracalJob.class.getName());
    }

    @Test
    void flinkIsSetUpAsOnAnyCluster() throws IOException {
        Configuration cluster = GlobalConfiguration.loadConfiguration(FOLDER.toString());
        Map<String, String> settings =
                resource("FlinkDeployment").at("/spec/flinkConfiguration").properties().stream()
                        .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));

        settings.keySet().removeIf(key -> key.startsWith("high-availability."));
        assertThat(cluster.toMap()).containsKeys(settings.keySet().toArray(String[]::new));
        settings.keySet().removeIf(key -> key.endsWith("dir"));
        assertThat(cluster.toMap()).containsAllEntriesOf(settings);
    }
}
