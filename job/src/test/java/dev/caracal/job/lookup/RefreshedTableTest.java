package dev.caracal.job.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.rules.lookup.LookupSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server on loopback that answers as S3 and STS do. */
class RefreshedTableTest {

    private static final long MINUTE = 60_000;

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final List<String> assumedRoles = new CopyOnWriteArrayList<>();
    private final List<TablesInForce.LookupFailure> failures = new CopyOnWriteArrayList<>();
    private volatile String content = "k,v\na,one\n";
    private volatile int status = 200;
    private final AtomicLong reads = new AtomicLong();

    private HttpServer server;
    private TablesInForce tables;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data/", this::s3);
        server.createContext("/", this::sts);
        server.start();
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        ControlLocation control =
                new ControlLocation(
                        "s3://control/" + server.getAddress().getPort(),
                        new AwsSettings(
                                "eu-west-1",
                                Map.of(
                                        "aws.s3.endpoint",
                                        endpoint,
                                        "aws.sts.endpoint",
                                        endpoint,
                                        "aws.s3.path-style-access",
                                        "true",
                                        "aws.retry.max-attempts",
                                        "1",
                                        "aws.credentials.provider",
                                        "BASIC",
                                        "aws.credentials.provider.basic.accesskeyid",
                                        "AKIA",
                                        "aws.credentials.provider.basic.secretkey",
                                        "secret")));
        tables = new TablesInForce(control, clock::get, failures::add);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void s3(HttpExchange exchange) throws IOException {
        reads.incrementAndGet();
        exchange.getResponseHeaders()
                .add("ETag", '"' + Integer.toHexString(content.hashCode()) + '"');
        answer(exchange, status, content);
    }

    private void sts(HttpExchange exchange) throws IOException {
        assumedRoles.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(
                exchange,
                200,
                """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleResult><Credentials>
                    <AccessKeyId>ASIA</AccessKeyId>
                    <SecretAccessKey>s</SecretAccessKey>
                    <SessionToken>t</SessionToken>
                    <Expiration>2099-01-01T00:00:00Z</Expiration>
                  </Credentials></AssumeRoleResult>
                </AssumeRoleResponse>
                """);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void use(String role) {
        String yaml =
                "AnalysisType: lookup_table\nLookupName: t\nLogTypeMap: {PrimaryKey: k}\n"
                        + "Refresh: {ObjectPath: 's3://data/t.csv', PeriodMinutes: 10"
                        + role
                        + "}\n";
        tables.use(
                List.of(
                        new LookupTableSource(
                                "lookup_tables/t.yml",
                                yaml,
                                "",
                                LookupSchema.NONE.keyType().name(),
                                List.of(),
                                List.of())),
                true);
    }

    private String row() {
        tables.hasChanged();
        byte[] row = tables.current().find("t", "a");
        return row == null ? "" : new String(row, StandardCharsets.UTF_8);
    }

    @Test
    void anObjectIsReadWithItsRole() {
        use(", RoleARN: 'arn:aws:iam::111122223333:role/tables'");

        assertThat(row()).contains("one");
        assertThat(assumedRoles).singleElement().asString().contains("111122223333");
    }

    @Test
    void anObjectIsReadAgainWhenItsPeriodIsOver() {
        use("");
        content = "k,v\na,two\n";
        clock.addAndGet(9 * MINUTE);
        assertThat(row()).contains("one");
        assertThat(reads).hasValue(1);
        clock.addAndGet(MINUTE);

        await().untilAsserted(() -> assertThat(row()).contains("two"));
        assertThat(reads).hasValue(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void whatCannotBeReadLeavesWhatWasThereAndIsTriedAgain() {
        use("");
        status = 403;
        content = "k,v\na,two\n";
        clock.addAndGet(10 * MINUTE);

        await().untilAsserted(
                        () -> {
                            assertThat(row()).contains("one");
                            assertThat(failures)
                                    .extracting(TablesInForce.LookupFailure::location)
                                    .containsExactly("s3://data/t.csv");
                        });
        status = 200;
        clock.addAndGet(MINUTE);
        await().untilAsserted(() -> assertThat(row()).contains("two"));
    }
}
