package dev.caracal.cli;

import static dev.caracal.cli.CheckedAccounts.CUSTOMER;
import static dev.caracal.cli.CheckedAccounts.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.connectors.aws.AwsClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Right and wrong set-ups, on local AWS. */
class SourceCheckITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path cloud;
    private static CheckedAccounts accounts;

    @TempDir private Path control;

    @BeforeAll
    static void start() throws Exception {
        accounts = CheckedAccounts.start(cloud);
    }

    @AfterAll
    static void stop() {
        accounts.close();
    }

    private Outcome source(String command) {
        List<String> arguments = new ArrayList<>(List.of("source"));
        arguments.addAll(List.of(command.split(" ")));
        arguments.addAll(List.of("--control=" + control, "--config=" + accounts.config()));
        return CommandTester.run(arguments.toArray(String[]::new));
    }

    private Outcome add(String more) {
        return source("add --no-input --name Good --account-id " + CUSTOMER + ' ' + more);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    @Test
    void aRightSetUpIsHealthy() {
        add("--bucket logs --prefix AWSLogs/=AWS.CloudTrail --external-id the-id");

        Outcome outcome = source("check");

        assertThat(outcome.outLines())
                .containsExactly(
                        "good",
                        "  healthy      credentials: arn:aws:iam::123456789012:root",
                        "  healthy      role: arn:aws:iam::111122223333:role/CaracalLogProcessingRole-good"
                                + " is assumable",
                        "  healthy      external id: a wrong one is refused",
                        "  healthy      bucket: logs in us-east-1",
                        "  healthy      kms key: none",
                        "  healthy      objects under AWSLogs/: AWSLogs/1.json is readable",
                        "  healthy      notification of AWSLogs/: to " + TOPICS + "good",
                        "  healthy      topic policy: the bucket may publish to " + TOPICS + "good",
                        "  healthy      subscription: arn:aws:sqs:us-east-1:123456789012:caracal-notifications"
                                + " gets what "
                                + TOPICS
                                + "good is told",
                        "  not checked  queue policy: this server of SQS keeps no policies");
        assertThat(outcome.status()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the role is not there      | logs --role-arn ROLE-none | role | AccessDenied | caracal source template good` in account 111122223333",
                "the role does not trust us | logs --role-arn ROLE-untrusting | role | AccessDenied | does not trust account 123456789012",
                "another external id        | logs --external-id not-it | role | AccessDenied | or expects another external id",
                "any external id will do    | logs --role-arn ROLE-open | external id | '' | has no condition on sts:ExternalId",
                "no external id             | logs --role-arn ROLE-open --external-id= | external id | '' | caracal source update good --external-id",
                "no such bucket             | nothing-here --role-arn= | bucket | NoSuchBucket | caracal source update good --bucket",
                "another account's bucket   | foreign-logs | bucket | AccessDenied | the bucket is not one of account 111122223333",
                "a prefix that is forbidden | logs --role-arn ROLE-narrow --prefix okta/ | objects under okta/ | AccessDenied | s3:ListBucket for this prefix",
                "no notification            | silent | notification | '' | caracal source template good --bucket",
                "too narrow a notification  | narrow --prefix AWSLogs/ | notification of AWSLogs/ | '' | Name these prefixes in the log source",
                "not all ways of creation   | puts | notification | '' | Let it be of s3:ObjectCreated:*",
                "a topic closed to buckets  | closed | topic policy | '' | Add the statement BucketMayPublish",
                "a pending subscription     | pending | subscription | '' | Start the job. Subscribe once more: aws sns subscribe",
                "no subscription            | unheard | subscription | '' | --topic-arn TOPIC:unheard --notification-endpoint arn:aws:sqs:us-east-1:123456789012:caracal-notifications",
                "a queue in another region  | elsewhere | subscription | '' | MasterAccountId=123456789012 and CaracalRegion=us-east-1",
                "another queue              | misdirected | queue | '' | Let the bucket tell Caracal's queue",
            })
    void whatIsWrongIsFoundWithItsRemedy(
            String wrong, String options, String part, String error, String remedy) {
        String all =
                "--bucket "
                        + options.replace(
                                "ROLE", "arn:aws:iam::111122223333:role/CaracalLogProcessingRole");
        String id = options.contains("--external-id") ? "" : " --external-id the-id";
        assertThat(add(all + id + " --log-type AWS.CloudTrail").status()).isZero();

        Outcome outcome = source("check good --format json");

        assertThat(outcome.status()).isEqualTo(1);
        JsonNode finding =
                outcome.outLines().stream()
                        .map(SourceCheckITCase::read)
                        .filter(one -> one.path("status").asText().equals("unhealthy"))
                        .findFirst()
                        .orElseThrow();
        assertThat(finding.path("part").asText()).isEqualTo(part);
        assertThat(finding.path("error").asText()).startsWith(error);
        assertThat(finding.path("remedy").asText()).contains(remedy.replace("TOPIC:", TOPICS));
    }

    @Test
    void managedNotificationsComeAndGoThroughTheRoleAndWhatOthersConfiguredStays() {
        try (AwsClients customer = accounts.clients(CUSTOMER)) {
            Outcome first = addManaged("One", "--prefix a/=AWS.ALB --prefix a/b/=AWS.ALB");
            assertThat(first.err()).isEmpty();
            assertThat(first.out())
                    .contains("The bucket tells " + TOPICS + "caracal-managed-shared")
                    .doesNotContain("--notifications");
            assertThat(configured(customer)).containsExactly("theirs", "caracal-managed-1 a/");
            // Only the job, which does not run here, can confirm for the queue.
            assertThat(source("check one").outLines())
                    .contains(
                            "  healthy      notification of a/: to "
                                    + TOPICS
                                    + "caracal-managed-shared",
                            "  healthy      topic policy: the bucket may publish to "
                                    + TOPICS
                                    + "caracal-managed-shared",
                            "  unhealthy    subscription: arn:aws:sqs:us-east-1:123456789012:caracal-notifications"
                                    + " has not confirmed it")
                    .anyMatch(
                            line ->
                                    line.endsWith(
                                            "Start the job. Have them set up anew: caracal source"
                                                    + " update one --managed-notifications"));

            addManaged("Two", "--prefix c/=AWS.ALB");
            assertThat(configured(customer))
                    .containsExactly("theirs", "caracal-managed-1 a/", "caracal-managed-2 c/");
            source("update one --prefix b/=AWS.ALB");
            assertThat(configured(customer))
                    .containsExactly("theirs", "caracal-managed-1 b/", "caracal-managed-2 c/");

            Outcome overlapping = source("update one --prefix theirs/new/=AWS.ALB");
            assertThat(overlapping.err())
                    .contains(
                            "The notifications of bucket shared are as they were: Configurations"
                                    + " overlap.",
                            "Mend what AWS says, then: caracal source update one"
                                    + " --managed-notifications");
            assertThat(configured(customer)).hasSize(3).contains("caracal-managed-1 b/");

            source("remove one --yes");
            assertThat(configured(customer)).containsExactly("theirs", "caracal-managed-1 c/");
            assertThat(source("update two --managed-notifications=false").out())
                    .contains("Took down", "Deploy the role anew");
            assertThat(configured(customer)).containsExactly("theirs");
            assertThat(customer.sns().listTopics().topics())
                    .noneMatch(topic -> topic.topicArn().contains("caracal-managed-"));
        }
    }

    private Outcome addManaged(String name, String more) {
        return source(
                "add --no-input --account-id "
                        + CUSTOMER
                        + " --bucket shared --external-id the-id --managed-notifications --role-arn"
                        + " arn:aws:iam::111122223333:role/CaracalLogProcessingRole-managing --name "
                        + name
                        + ' '
                        + more);
    }

    /** Ids of the bucket's configurations, with the prefixes of those that tell a topic. */
    private static List<String> configured(AwsClients customer) {
        var all =
                customer.s3()
                        .getBucketNotificationConfiguration(request -> request.bucket("shared"));
        List<String> ids = new ArrayList<>();
        all.queueConfigurations().forEach(one -> ids.add(one.id()));
        all.topicConfigurations()
                .forEach(
                        one ->
                                ids.add(
                                        one.id()
                                                + ' '
                                                + one.filter().key().filterRules().get(0).value()));
        return ids;
    }

    @ParameterizedTest
    @CsvSource({"none,is not authorized to perform: sts:AssumeRole", "good,SNS:CreateTopic"})
    void notificationsThatCannotBeManagedYetDoNotKeepTheLogSourceFromBeingSaved(
            String role, String refused) throws IOException {
        Outcome outcome =
                add(
                        "--bucket silent --log-type AWS.CloudTrail --managed-notifications"
                                + " --format json --external-id the-id --role-arn"
                                + " arn:aws:iam::111122223333:role/CaracalLogProcessingRole-"
                                + role);

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err())
                .contains(
                        "The notifications of bucket silent are as they were: ",
                        refused,
                        "Deploy the role, then: caracal source update good --managed-notifications");
        assertThat(JSON.readTree(outcome.out()).path("managedNotifications").asBoolean()).isTrue();
        assertThat(source("check good").out()).contains("remedy: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caracal-notifications | 0 | healthy      queue: | messages wait",
                "no-such-queue | 1 | unhealthy    queue: | Deploy `caracal source template app` in the account where Caracal runs",
            })
    void theQueueOfALogSourceIsLookedAt(String queue, int status, String finding, String told) {
        String url = accounts.queueUrl(queue);
        Outcome added =
                source(
                        "add --no-input --type sqs --name App --log-type AWS.CloudTrail --queue-url "
                                + url);
        assertThat(added.err()).isEmpty();

        Outcome outcome = source("check app");

        assertThat(outcome.out()).contains(finding, told);
        assertThat(outcome.status()).isEqualTo(status);
    }

    @Test
    void whatCannotBeSeenIsNotChecked() {
        add(
                "--bucket direct --log-type AWS.CloudTrail --external-id the-id"
                        + " --kms-key arn:aws:kms:us-east-1:111122223333:key/1234");

        Outcome outcome = source("check good");

        assertThat(outcome.outLines())
                .contains(
                        "  healthy      objects: there is none yet",
                        "  not checked  kms key: there is no KMS at these endpoints",
                        "  not checked  queue policy: this server of SQS keeps no policies");
        assertThat(outcome.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefix: /AWSLogs/ | prefix starts with '/'",
                "prefix: AWSLogs/  | s3://logs/AWSLogs/ is already claimed by sources/good.yml",
            })
    void aFileThatIsRefusedIsUnhealthy(String prefix, String error) throws IOException {
        add("--bucket logs --prefix AWSLogs/=AWS.CloudTrail --external-id the-id");
        Path file = control.resolve("sources").resolve("second.yml");
        String yaml = Files.readString(control.resolve("sources").resolve("good.yml"));
        Files.writeString(
                file, yaml.replace("id: good", "id: second").replace("prefix: AWSLogs/", prefix));

        assertThat(Stream.of(source("check second"), source("check")))
                .allSatisfy(
                        outcome -> {
                            assertThat(outcome.out()).contains("unhealthy    file:", error);
                            assertThat(outcome.status()).isEqualTo(1);
                        });
    }
}
