package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates before tools that are not ours, where these are installed. */
class SourceTemplateITCase {

    private static final String CARACAL = "123456789012";

    private static final List<String> TERRAFORM =
            List.of(
                    "shop",
                    "whole",
                    "told",
                    "app",
                    "shop --notifications",
                    "shop --bucket",
                    "whole --bucket");

    @TempDir private Path control;
    @TempDir private Path folder;

    @BeforeEach
    void addSources() throws IOException {
        run(
                "add --name Shop --account-id 111122223333 --bucket shop-logs"
                        + " --prefix AWSLogs/=AWS.CloudTrail --prefix a%{b\"c\\/=AWS.ALB"
                        + " --kms-key arn:aws:kms:eu-west-1:111122223333:key/1234"
                        + " --role-arn arn:aws:iam::111122223333:role/logs/CaracalLogProcessingRole-x");
        run("add --name Whole --account-id 444455556666 --bucket whole --log-type AWS.CloudTrail");
        Path whole = control.resolve("sources").resolve("whole.yml");
        Files.writeString(
                control.resolve("sources").resolve("told.yml"),
                Files.readString(whole)
                                .replace("whole", "told.logs")
                                .replace("Whole", "Told")
                                .replace("id: told.logs", "id: told")
                        + "managedNotifications: true\n");
        run(
                "add --type sqs --name App --log-type AWS.CloudTrail --queue-url"
                        + " https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app"
                        + " --allow-principal arn:aws:iam::111122223333:root"
                        + " --allow-source arn:aws:sns:us-east-1:111122223333:app");
    }

    private String run(String command) {
        List<String> arguments = new ArrayList<>(List.of("source"));
        arguments.addAll(List.of(command.split(" ")));
        arguments.add("--control=" + control);
        Outcome outcome = CommandTester.run(arguments.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.out();
    }

    @Test
    void cloudFormationsLinterFindsNothing() throws Exception {
        Path linter = Tool.require("cfn-lint", "--version", "resource schemas are not checked");
        List<String> command = new ArrayList<>(List.of(linter.toString()));
        for (String what :
                List.of(
                        "shop",
                        "whole",
                        "told",
                        "app",
                        "shop --as json",
                        "shop --notifications",
                        "shop --bucket",
                        "whole --bucket --as json",
                        "--security-account")) {
            Path template = folder.resolve(what.replace(" ", "") + ".template");
            command.add(Files.writeString(template, run("template " + what)).toString());
        }

        Tool.Run lint = Tool.run(folder, command);

        assertThat(lint.output()).isEmpty();
        assertThat(lint.status()).isZero();
    }

    @Test
    void terraformReadsThemAndWouldLayThemOutTheSame() throws Exception {
        Path terraform = Tool.require("terraform", "version", "Terraform's syntax is not checked");
        Map<Path, String> texts = new LinkedHashMap<>();
        for (String what : TERRAFORM) {
            String text = run("template --terraform " + what);
            texts.put(Files.writeString(folder.resolve(what.replace(" ", "") + ".tf"), text), text);
        }

        Tool.Run format = Tool.run(folder, List.of(terraform.toString(), "fmt"));

        assertThat(format.status()).as(format.output()).isZero();
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            assertThat(Files.readString(text.getKey())).isEqualTo(text.getValue());
        }
    }

    @Test
    void terraformsProviderTakesEveryArgumentAndMissesNone() throws Exception {
        TerraformProvider provider = TerraformProvider.require(folder);

        provider.check(
                TERRAFORM.stream().map(what -> run("template --terraform " + what)).toList());
    }

    @Test
    void stacksCanBeMadeOfThem() throws Exception {
        // Moto passes over types that it does not know, such as AWS::SNS::Subscription.
        Path server = Tool.require("moto_server", "--help", "no stacks are made");
        int port = freePort();
        Process moto =
                new ProcessBuilder(server.toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("moto.log").toFile())
                        .start();
        try {
            Cloud cloud = new Cloud(URI.create("http://127.0.0.1:" + port + '/'));
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(cloud::answers);

            cloud.create("caracal", run("template --security-account"), Map.of());
            cloud.create("role", run("template shop"), Map.of("MasterAccountId", CARACAL));
            cloud.create("app", run("template app"), Map.of());
            cloud.create(
                    "notifications",
                    run("template shop --notifications"),
                    Map.of("MasterAccountId", CARACAL, "CaracalRegion", "us-east-1"));

            assertThat(cloud.describe("caracal"))
                    .contains("CREATE_COMPLETE", CARACAL + "/caracal-notifications<");
            assertThat(cloud.describe("role"))
                    .contains("CREATE_COMPLETE", ":role/logs/CaracalLogProcessingRole-x<");
            assertThat(cloud.describe("app")).contains("CREATE_COMPLETE");
            assertThat(cloud.describe("notifications"))
                    .contains("CREATE_COMPLETE", "<OutputKey>SnsTopicArn</OutputKey>")
                    .contains(":caracal-notifications-topic<");
        } finally {
            moto.descendants().forEach(ProcessHandle::destroy);
            moto.destroy();
            moto.waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** AWS's query protocol, as far as a server needs it that checks no signatures. */
    private static final class Cloud {

        private final HttpClient http = HttpClient.newHttpClient();
        private final URI endpoint;

        Cloud(URI endpoint) {
            this.endpoint = endpoint;
        }

        boolean answers() throws IOException, InterruptedException {
            return call("cloudformation", Map.of("Action", "ListStacks")).contains("ListStacks");
        }

        void create(String stack, String template, Map<String, String> parameters)
                throws IOException, InterruptedException {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("Action", "CreateStack");
            form.put("StackName", stack);
            form.put("TemplateBody", template);
            form.put("Capabilities.member.1", "CAPABILITY_NAMED_IAM");
            int number = 1;
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                String member = "Parameters.member." + number++;
                form.put(member + ".ParameterKey", parameter.getKey());
                form.put(member + ".ParameterValue", parameter.getValue());
            }
            assertThat(call("cloudformation", form)).contains("<StackId>");
        }

        String describe(String stack) throws IOException, InterruptedException {
            return call("cloudformation", Map.of("Action", "DescribeStacks", "StackName", stack));
        }

        String call(String service, Map<String, String> form)
                throws IOException, InterruptedException {
            String body =
                    form.entrySet().stream()
                            .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
                            .collect(Collectors.joining("&"));
            HttpRequest request =
                    HttpRequest.newBuilder(endpoint)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header(
                                    "Authorization",
                                    "AWS4-HMAC-SHA256 Credential=none/20260101/us-east-1/"
                                            + service
                                            + "/aws4_request, SignedHeaders=host, Signature=none")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
