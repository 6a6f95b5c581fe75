package dev.caracal.connectors.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Against DynamoDB Local. */
class KeyValueTableTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long NEVER = 4_000_000_000L;

    @TempDir private static Path natives;
    private static DynamoDBProxyServer server;
    private static AwsSettings aws;
    private static AwsClients clients;
    private static DynamoDbClient dynamoDb;
    private static int tables;

    private String name;

    @BeforeAll
    static void start() throws Exception {
        copyNativeLibraries();
        int port = freePort();
        server =
                ServerRunner.createServerFromCommandLineArgs(
                        new String[] {
                            "-inMemory", "-disableTelemetry", "-port", Integer.toString(port)
                        });
        server.start();
        aws = settings(port);
        clients = new AwsClients(aws);
        dynamoDb = clients.dynamoDb(TIMEOUT);
    }

    /** DynamoDB Local looks for them in one folder; in the class path they have Maven's names. */
    private static void copyNativeLibraries() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path file = Path.of(entry);
            if (entry.endsWith(".so")) {
                Files.copy(
                        file,
                        natives.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        System.setProperty("sqlite4java.library.path", natives.toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static AwsSettings settings(int port) {
        return new AwsSettings(
                "eu-west-1",
                Map.of(
                        "aws.dynamodb.endpoint",
                        "http://127.0.0.1:" + port,
                        "aws.credentials.provider",
                        "BASIC",
                        "aws.credentials.provider.basic.accesskeyid",
                        "AKIA",
                        "aws.credentials.provider.basic.secretkey",
                        "secret"));
    }

    @AfterAll
    static void stop() throws Exception {
        clients.close();
        server.stop();
    }

    @BeforeEach
    void createTable() {
        tables++;
        name = "table-" + tables;
        dynamoDb.createTable(
                table ->
                        table.tableName(name)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .keySchema(
                                        KeySchemaElement.builder()
                                                .attributeName("key")
                                                .keyType(KeyType.HASH)
                                                .build())
                                .attributeDefinitions(
                                        AttributeDefinition.builder()
                                                .attributeName("key")
                                                .attributeType(ScalarAttributeType.S)
                                                .build()));
    }

    private KeyValueTable tableAt(long epochSecond) {
        return new KeyValueTable(
                name,
                TIMEOUT,
                aws,
                Clock.fixed(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC));
    }

    @Test
    void setsGrowAndShrink() {
        try (KeyValueTable table = tableAt(1000)) {
            table.probe();
            assertThat(table.get("s")).isEqualTo(KeyValueItem.NONE);
            assertThat(table.removeStrings("s", Set.of("a")).strings()).isEmpty();
            assertThat(table.addStrings("s", Set.of(), NEVER).strings()).isEmpty();
            assertThat(table.addStrings("s", Set.of("a", ""), NEVER).strings())
                    .containsExactlyInAnyOrder("a", "");
            assertThat(table.addStrings("s", Set.of("b"), NEVER).strings())
                    .containsExactlyInAnyOrder("a", "b", "");
            assertThat(table.removeStrings("s", Set.of("b", "c", "")).strings())
                    .containsExactly("a");
            assertThat(table.removeStrings("s", Set.of()).strings()).containsExactly("a");
            table.putStrings("s", Set.of("ä"), NEVER);
            assertThat(table.get("s").strings()).containsExactly("ä");
            table.putStrings("s", Set.of(), NEVER);
            assertThat(table.get("s").strings()).isEmpty();
        }
    }

    @Test
    void aKeyHoldsOneOfEachKindUntilItIsRemoved() {
        try (KeyValueTable table = tableAt(1000)) {
            table.putStrings("k", Set.of("a"), NEVER);
            table.incrementCounter("k", -7, NEVER);
            table.putDictionary("k", "{\"x\":1}", NEVER);
            assertThat(table.get("k")).isEqualTo(new KeyValueItem(Set.of("a"), -7, "{\"x\":1}"));

            table.remove("k");
            table.remove("none");
            assertThat(table.get("k")).isEqualTo(KeyValueItem.NONE);
        }
    }

    @Test
    void anExpiredItemCountsAsAbsent() {
        try (KeyValueTable before = tableAt(1009);
                KeyValueTable then = tableAt(1010)) {
            before.addStrings("s", Set.of("a"), 1010);
            before.incrementCounter("s", 3, 1010);
            before.incrementCounter("c", 3, 1010);
            assertThat(before.get("s").strings()).containsExactly("a");

            assertThat(then.get("s")).isEqualTo(KeyValueItem.NONE);
            assertThat(then.expire("s", NEVER)).isEqualTo(KeyValueItem.NONE);
            assertThat(then.removeStrings("s", Set.of("b"))).isEqualTo(KeyValueItem.NONE);
            assertThat(then.incrementCounter("c", 1, NEVER).counter()).isEqualTo(1);
            assertThat(then.addStrings("s", Set.of("b"), NEVER))
                    .isEqualTo(new KeyValueItem(Set.of("b"), 0, ""));
        }
    }

    @Test
    void aCounterKeepsItsFirstExpiryUnlessItIsGivenAnother() {
        try (KeyValueTable before = tableAt(1009);
                KeyValueTable then = tableAt(1010)) {
            before.incrementCounter("first", 1, 1010);
            before.incrementCounter("first", 1, NEVER);
            before.incrementCounter("other", 1, 1010);
            before.expire("other", NEVER);
            before.expire("none", NEVER);

            assertThat(then.get("first").counter()).isZero();
            assertThat(then.get("other").counter()).isEqualTo(1);
            assertThat(then.get("none")).isEqualTo(KeyValueItem.NONE);
        }
    }

    @Test
    void incrementsFromManyThreadsAreExactEvenOverAnExpiredItem() throws Exception {
        try (KeyValueTable before = tableAt(1009)) {
            before.incrementCounter("c", 1000, 1010);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (KeyValueTable table = tableAt(1010)) {
            List<Callable<KeyValueItem>> increments =
                    IntStream.range(0, 200)
                            .<Callable<KeyValueItem>>mapToObj(
                                    index -> () -> table.incrementCounter("c", 1, NEVER))
                            .toList();
            for (Future<KeyValueItem> done : threads.invokeAll(increments)) {
                done.get();
            }
            assertThat(table.get("c").counter()).isEqualTo(200);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aTableThatIsNotThereIsSaidSo() {
        try (var table = new KeyValueTable("absent", TIMEOUT, aws)) {
            assertThatThrownBy(table::probe).isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> table.incrementCounter("c", 1, NEVER))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    /** Answers with a status, or never. */
    @ParameterizedTest
    @ValueSource(ints = {0, 500})
    void retriesEndWithTheTimeout(int status) throws IOException {
        HttpServer faulty =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        faulty.createContext(
                "/",
                exchange -> {
                    if (status != 0) {
                        exchange.sendResponseHeaders(status, -1);
                        exchange.close();
                    }
                });
        faulty.start();
        long start = System.nanoTime();
        try (var table =
                new KeyValueTable(
                        "any", Duration.ofMillis(600), settings(faulty.getAddress().getPort()))) {
            assertThatThrownBy(() -> table.get("k")).isInstanceOf(SdkException.class);
        } finally {
            faulty.stop(0);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
