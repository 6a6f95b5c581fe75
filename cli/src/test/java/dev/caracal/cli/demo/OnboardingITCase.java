package dev.caracal.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket is onboarded with the commands that a person types. */
class OnboardingITCase {

    private static final String CREDENTIALS_FILE = "aws.sharedCredentialsFile";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @BeforeEach
    void nameTheCustomersProfile() throws IOException {
        Path credentials =
                Files.writeString(
                        folder.resolve("credentials"),
                        """
                        [customer]
                        aws_access_key_id = AKIA%s
                        aws_secret_access_key = secret-%s
                        """
                                .formatted(WholeWay.CUSTOMER, WholeWay.CUSTOMER));
        System.setProperty(CREDENTIALS_FILE, credentials.toString());
    }

    @AfterEach
    void forgetTheProfile() {
        System.clearProperty(CREDENTIALS_FILE);
    }

    private Outcome source(String command) {
        List<String> arguments = new ArrayList<>(List.of("source"));
        arguments.addAll(List.of(command.split(" ")));
        arguments.add("--config=" + folder.resolve("job.yaml"));
        return CommandTester.run(arguments.toArray(String[]::new));
    }

    private void writeOptions(Configuration options) throws IOException {
        StringBuilder yaml = new StringBuilder();
        options.toMap()
                .forEach(
                        (key, value) ->
                                yaml.append(key).append(": \"").append(value).append("\"\n"));
        Files.writeString(folder.resolve("job.yaml"), yaml);
    }

    @Test
    void fromTheBucketsDetailsToTheFirstEvent() throws Exception {
        try (WholeWay way = new WholeWay(folder);
                JobCluster cluster = JobCluster.start(folder, 2)) {
            Files.delete(way.control().resolve("sources").resolve("customer.yml"));
            writeOptions(way.jobOptions());

            Outcome added =
                    source(
                            "add --no-input --name Test --account-id "
                                    + WholeWay.CUSTOMER
                                    + " --bucket customer-logs --external-id external-id"
                                    + " --prefix AWSLogs/=AWS.CloudTrail");
            assertThat(added.status()).as(added.err()).isZero();
            assertThat(source("check").out()).contains("unhealthy    subscription:");

            cluster.run(way.jobOptions());
            way.awaitSubscribed();

            Outcome check = source("check test --test-object --bucket-profile customer --wait 240");
            assertThat(check.out())
                    .contains("healthy      test object: arrived after ")
                    .doesNotContain("unhealthy");
            assertThat(check.status()).isZero();

            // The job takes up a change without a restart.
            source("update test --prefix AWSLogs/=AWS.CloudTrail --prefix trail/=AWS.CloudTrail");
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                way.put("trail/1.json", WholeWay.cloudTrail("e1", "DescribeTags"));
                                return way.newOutput("events").stream()
                                        .anyMatch(
                                                event ->
                                                        event.path("p_source_id")
                                                                .asText()
                                                                .equals("test"));
                            });

            managesTheNotificationsOfAnotherBucket();

            // So does a queue whose messages are log records.
            way.sqs().createQueue(request -> request.queueName("caracal-source-app"));
            assertThat(
                            source("add --no-input --type sqs --name App --log-type AWS.CloudTrail")
                                    .err())
                    .isEmpty();
            assertThat(source("check app").out()).contains("healthy      queue:");
            String queueUrl = way.queueUrl("caracal-source-app");
            for (int i = 0; i < 20; i++) {
                String two =
                        WholeWay.cloudTrail("q" + i, "One") + WholeWay.cloudTrail("r" + i, "Two");
                way.sqs().sendMessage(request -> request.queueUrl(queueUrl).messageBody(two));
            }
            Set<String> arrived = new TreeSet<>();
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                way.newOutput("events").stream()
                                        .filter(
                                                event ->
                                                        event.path("p_source_id")
                                                                .asText()
                                                                .equals("app"))
                                        .map(event -> event.path("eventID").asText())
                                        .forEach(id -> assertThat(arrived.add(id)).isTrue());
                                return arrived.size() == 40;
                            });
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () ->
                                    source("list")
                                                    .out()
                                                    .lines()
                                                    .filter(
                                                            line ->
                                                                    line.contains(
                                                                            "healthy, last event"))
                                                    .count()
                                            == 2);
            assertThat(source("show app").out())
                    .contains("#   AWS.CloudTrail: 40 events, 20 objects, ");
            assertThat(source("remove app --yes").out()).contains("Removed sources/app.yml");

            assertThat(source("remove test --yes").out()).contains("Removed sources/test.yml");
            assertThat(source("list").outLines()).hasSize(1);
        }
    }

    /** Nobody but Caracal touches this bucket: it comes to announce its objects, and ends to. */
    private void managesTheNotificationsOfAnotherBucket() {
        String external = " --external-id external-id --role-arn " + WholeWay.ROLE_ARN;
        Outcome added =
                source(
                        "add --no-input --name Managed --managed-notifications --bucket"
                                + " managed-logs --prefix app/=AWS.CloudTrail --account-id "
                                + WholeWay.CUSTOMER
                                + external);
        assertThat(added.err()).isEmpty();
        // The job confirms for the queue.
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> source("check managed").out().contains("healthy      subscription:"));

        Outcome check = source("check managed --test-object --bucket-profile customer --wait 240");
        assertThat(check.out())
                .contains("healthy      test object: arrived after ")
                .doesNotContain("unhealthy");

        assertThat(source("remove managed --yes").out()).contains("Took down");
    }
}
