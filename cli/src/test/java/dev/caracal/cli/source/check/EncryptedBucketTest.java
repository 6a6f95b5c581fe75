package dev.caracal.cli.source.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.PrefixLogTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS says of a bucket whose objects are encrypted, and what we make of it. */
class EncryptedBucketTest {

    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";
    private static final String OTHER_KEY = "arn:aws:kms:us-east-1:111122223333:key/5678";

    private HttpServer server;

    /** The answer of KMS: a key's state, or an error's code. */
    private String kms = "Enabled";

    /** The answer of S3 to a request for the object: an error's code, a colon and its text. */
    private String object = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
            boolean state = !kms.endsWith("Exception");
            send(
                    exchange,
                    state ? 200 : 400,
                    state
                            ? "{\"KeyMetadata\": {\"KeyId\": \"1234\", \"Enabled\": "
                                    + kms.equals("Enabled")
                                    + ", \"KeyState\": \""
                                    + kms
                                    + "\"}}"
                            : "{\"__type\": \"" + kms + "\", \"message\": \"no\"}");
        } else if (exchange.getRequestURI().getPath().equals("/")) {
            send(
                    exchange,
                    200,
                    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                            + "<Arn>arn:aws:iam::123456789012:root</Arn>"
                            + "<Account>123456789012</Account>"
                            + "</GetCallerIdentityResult></GetCallerIdentityResponse>");
        } else if (query.startsWith("list-type")) {
            send(
                    exchange,
                    200,
                    "<ListBucketResult><Contents><Key>1.json</Key></Contents></ListBucketResult>");
        } else if (!query.isEmpty()) {
            send(exchange, 200, "<LocationConstraint/>");
        } else if (object.isEmpty()) {
            send(exchange, 200, "{}");
        } else {
            String[] error = object.split(": ", 2);
            send(
                    exchange,
                    error[0].equals("AccessDenied") ? 403 : 400,
                    "<Error><Code>"
                            + error[0]
                            + "</Code><Message>"
                            + error[1]
                            + "</Message></Error>");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Finding find(String part, String key) {
        Configuration options = new Configuration();
        options.set(AwsOptions.REGION, "us-east-1");
        options.set(AwsOptions.ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
        options.set(AwsOptions.S3_PATH_STYLE, true);
        options.setString(AwsOptions.CREDENTIALS.type.key(), "BASIC");
        options.set(AwsOptions.CREDENTIALS.accessKeyId, "AKIAEXAMPLE");
        options.set(AwsOptions.CREDENTIALS.secretKey, "secret");
        LogSource source =
                new LogSource(
                        "shop",
                        "Shop",
                        "111122223333",
                        "shop-logs",
                        List.of(new PrefixLogTypes("", List.of("AWS.CloudTrail"), "auto")),
                        List.of(),
                        "",
                        "",
                        key,
                        0,
                        List.of(),
                        false);
        try (SourceCheck check = new SourceCheck(AwsSettings.from(options), Optional.empty())) {
            return check.check(source).stream()
                    .filter(finding -> finding.part().equals(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // what KMS says | the key of the log source | what is found | the remedy
                "Enabled | KEY | is enabled | ''",
                "Disabled | KEY | is Disabled | Enable it, or nothing that it encrypts can be read: aws kms enable-key --key-id KEY",
                "PendingDeletion | KEY | is PendingDeletion | aws kms cancel-key-deletion --key-id KEY",
                "PendingImport | KEY | is PendingImport | Name the key that encrypts the objects: caracal source update shop --kms-key ARN",
                "Enabled | arn:aws:kms:eu-west-1:111122223333:key/1 | is in eu-west-1 and the bucket in us-east-1 | `aws s3api get-bucket-encryption --bucket shop-logs` tells which",
                "NotFoundException | KEY | cannot be described | There is no such key. Name the key",
                "AccessDeniedException | KEY | cannot be described | allows kms:DescribeKey and kms:Decrypt with KEY; the key's own policy must allow the role too.",
                "AccessDeniedException | arn:aws:kms:us-east-1:444455556666:key/1 | cannot be described | the key's own policy, in account 444455556666, must allow the role too.",
            })
    void aKeyThatCannotBeUsedIsFound(String answer, String key, String detail, String remedy) {
        kms = answer;

        Finding finding = find("kms key", key.replace("KEY", KEY));

        assertThat(finding.detail()).contains(detail);
        assertThat(finding.remedy()).contains(remedy.replace("KEY", KEY));
        assertThat(finding.remedy().isEmpty()).isEqualTo(remedy.isEmpty());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // the key of the log source | what S3 says | the remedy
                "KEY | AccessDenied: User: role is not authorized to perform: kms:Decrypt on resource: KEY because no identity-based policy allows the kms:Decrypt action | Deploy `caracal source template shop`, which allows kms:DescribeKey and kms:Decrypt with KEY",
                "KEY | AccessDenied: User: role is not authorized to perform: kms:Decrypt on resource: OTHER because no identity-based policy allows the kms:Decrypt action | encrypted with a KMS key that the log source does not name",
                "'' | AccessDenied: User: role is not authorized to perform: kms:Decrypt on resource: OTHER because no identity-based policy allows the kms:Decrypt action | caracal source update shop --kms-key ARN",
                "KEY | KMS.DisabledException: KEY is disabled. | Enable the key",
                "KEY | KMS.KMSInvalidStateException: KEY is pending deletion. | Enable the key",
            })
    void anObjectThatCannotBeDecryptedIsFound(String key, String answer, String remedy) {
        object = answer.replace("KEY", KEY).replace("OTHER", OTHER_KEY);

        Finding finding = find("objects", key.replace("KEY", KEY));

        assertThat(finding.detail()).isEqualTo("1.json cannot be read");
        assertThat(finding.error()).isEqualTo(object);
        assertThat(finding.remedy()).contains(remedy.replace("KEY", KEY));
    }
}
