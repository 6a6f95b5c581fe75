package dev.caracal.connectors.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCatalogTest {

    @TempDir private Path folder;

    private HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.createContext("/bucket/", this::answerS3);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** What Glue and a REST catalog say of a namespace that is there. */
    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        requests.add(target == null ? exchange.getRequestURI().getPath() : target);
        String body =
                target == null
                        ? "{\"defaults\":{},\"overrides\":{},\"namespace\":[\"caracal\"],"
                                + "\"properties\":{},\"identifiers\":[]}"
                        : "{\"Database\":{\"Name\":\"caracal\"},\"TableList\":[]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** An object of S3, stored or read from an offset on. */
    private void answerS3(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(path, withoutChunks(exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().add("ETag", "\"e\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        byte[] object = objects.get(path);
        if (object == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().add("ETag", "\"e\"");
        exchange.getResponseHeaders()
                .add(
                        "Content-Range",
                        "bytes " + from + "-" + (object.length - 1) + "/" + object.length);
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", "" + object.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, head ? -1 : object.length - from);
        if (!head) {
            exchange.getResponseBody().write(object, from, object.length - from);
        }
        exchange.close();
    }

    /** The content of a body in the encoding aws-chunked. */
    private static byte[] withoutChunks(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!text.matches("(?s)[0-9a-f]+(;[^\\r]*)?\\r\\n.*")) {
            return body;
        }
        int position = 0;
        while (true) {
            int line = text.indexOf("\r\n", position);
            int size = Integer.parseInt(text.substring(position, line).split(";")[0], 16);
            if (size == 0) {
                return content.toByteArray();
            }
            content.write(body, line + 2, size);
            position = line + 2 + size + 2;
        }
    }

    @Test
    void tablesInS3AreWrittenAndReadWithTheJobsClients() {
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        try {
            LakeCatalog lake =
                    new LakeCatalog(
                            settings(
                                    Map.of(
                                            "lake.warehouse",
                                            "s3://bucket/lake",
                                            "lake.catalog.uri",
                                            "jdbc:sqlite:" + folder.resolve("c.db"),
                                            "aws.endpoint",
                                            url(),
                                            "aws.s3.path-style-access",
                                            "true",
                                            "aws.region",
                                            "eu-west-1")));
            Schema schema = new Schema(Types.NestedField.optional(1, "a", Types.StringType.get()));
            lake.loadCatalog().createTable(lake.table("t"), schema);

            Table table = lake.loadCatalog().loadTable(lake.table("t"));
            assertThat(table.schema().sameSchema(schema)).isTrue();
            assertThat(objects.keySet())
                    .allMatch(key -> key.startsWith("/bucket/lake/caracal/t/metadata/"));
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static LakeSettings settings(Map<String, String> options) {
        return LakeSettings.from(Configuration.fromMap(options)).orElseThrow();
    }

    @Test
    void withoutAWarehouseThereIsNoLake() {
        assertThat(LakeSettings.from(new Configuration())).isEmpty();
    }

    @Test
    void aCatalogsPropertyMayHaveAColonInQuotes() {
        Map<String, String> options =
                Map.of(
                        "lake.warehouse",
                        "s3://lake",
                        "lake.catalog",
                        "REST",
                        "lake.catalog.uri",
                        "https://catalog.example.com",
                        "lake.catalog.properties",
                        "credential:'id:secret',scope:all");

        assertThat(LakeSettings.from(Configuration.fromMap(options)).orElseThrow().properties())
                .isEqualTo(Map.of("credential", "id:secret", "scope", "all"));
    }

    @Test
    void aCatalogsPropertyWithAColonOutsideQuotesIsRefused() {
        Map<String, String> options =
                Map.of(
                        "lake.warehouse",
                        folder.toString(),
                        "lake.catalog.properties",
                        "credential:id:secret");

        assertThatThrownBy(() -> LakeSettings.from(Configuration.fromMap(options)))
                .hasMessageContaining("lake.catalog.properties");
    }

    @Test
    void aFolderHasItsCatalogInAFile() {
        Catalog catalog =
                new LakeCatalog(settings(Map.of("lake.warehouse", folder + "/lake/")))
                        .loadCatalog();

        assertThat(catalog.listTables(Namespace.of("caracal"))).isEmpty();
        assertThat(Files.exists(folder.resolve("lake").resolve("catalog.db"))).isTrue();
    }

    @Test
    void aRestCatalogIsAsked() {
        Catalog catalog =
                new LakeCatalog(
                                settings(
                                        Map.of(
                                                "lake.warehouse",
                                                "s3://bucket/lake",
                                                "lake.catalog",
                                                "REST",
                                                "lake.catalog.uri",
                                                url(),
                                                "aws.region",
                                                "eu-west-1")))
                        .loadCatalog();

        assertThat(catalog.listTables(Namespace.of("caracal"))).isEmpty();
        assertThat(requests).contains("/v1/config", "/v1/namespaces/caracal/tables");
    }

    @Test
    void glueIsAsked() {
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        try {
            Catalog catalog =
                    new LakeCatalog(
                                    settings(
                                            Map.of(
                                                    "lake.warehouse",
                                                    "s3://bucket/lake",
                                                    "lake.catalog",
                                                    "GLUE",
                                                    "lake.catalog.properties",
                                                    "glue.endpoint:'" + url() + "'",
                                                    "aws.region",
                                                    "eu-west-1")))
                            .loadCatalog();

            assertThat(catalog.listTables(Namespace.of("caracal"))).isEmpty();
            assertThat(requests).contains("AWSGlue.GetDatabase", "AWSGlue.GetTables");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatThrownBy(() -> settings(Map.of("lake.warehouse", "s3://bucket/lake")))
                .hasMessageContaining("lake.catalog.uri is missing");
        assertThatThrownBy(() -> settings(Map.of("lake.warehouse", "gs://bucket/lake")))
                .hasMessageContaining("expected a folder or s3://bucket/prefix");
        assertThatThrownBy(
                        () -> settings(Map.of("lake.warehouse", "/lake", "lake.namespace", "A b")))
                .hasMessageContaining("lake.namespace is A b");
        assertThatThrownBy(
                        () ->
                                UpkeepSettings.from(
                                        Configuration.fromMap(
                                                Map.of("lake.retention", "alerts:soon"))))
                .hasMessageContaining("lake.retention of alerts is soon");
    }
}
