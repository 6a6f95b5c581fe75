package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceCommandTest {

    private static final String SHOP =
            "add --name Shop~Logs --account-id 111122223333 --bucket shop-logs"
                    + " --prefix AWSLogs/=AWS.CloudTrail,AWS.ALB --external-id shop-secret";

    private static final String QUEUE =
            "sqs.queue-url: https://sqs.us-east-1.amazonaws.com/123456789012/caracal-notifications\n"
                    + "aws.region: us-east-1\n";

    @TempDir private Path control;

    /** Runs a command of source; a tilde stands for a space within an argument. */
    private Outcome source(String command, String... lines) {
        return CommandTester.runLine("source " + command + " --control=" + control, lines);
    }

    private String file(String name) throws IOException {
        return Files.readString(control.resolve("sources").resolve(name));
    }

    @Test
    void flagsMakeAFile() throws IOException {
        Outcome outcome =
                source(
                        SHOP
                                + " --prefix access/=AWS.S3ServerAccess --log-stream access/=lines"
                                + " --exclude AWSLogs/digest/,tmp/ --drop-off-minutes 60"
                                + " --destination soc-slack --no-input"
                                + " --kms-key arn:aws:kms:eu-west-1:111122223333:key/1234");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(file("shop-logs.yml"))
                .isEqualTo(
                        """
                        id: shop-logs
                        name: Shop Logs
                        accountId: '111122223333'
                        bucket: shop-logs
                        prefixLogTypes:
                          - prefix: AWSLogs/
                            logTypes:
                              - AWS.CloudTrail
                              - AWS.ALB
                          - prefix: access/
                            logTypes:
                              - AWS.S3ServerAccess
                            logStream: lines
                        excludedPrefixes:
                          - AWSLogs/digest/
                          - tmp/
                        roleArn: arn:aws:iam::111122223333:role/CaracalLogProcessingRole-shop-logs
                        externalId: shop-secret
                        kmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/1234
                        dropOffMinutes: 60
                        destinations:
                          - soc-slack
                        """);
    }

    @Test
    void theNextStepsCanBeCopied() throws IOException {
        String there = " --control " + control;
        assertThat(source(SHOP).outLines())
                .containsExactly(
                        "Saved sources/shop-logs.yml",
                        "Next:",
                        "  1. the role, in account 111122223333:",
                        "     caracal source template shop-logs" + there + " > role.yml",
                        "     aws cloudformation deploy --stack-name"
                                + " caracal-log-analysis-setup-shop-logs --template-file role.yml"
                                + " --capabilities CAPABILITY_NAMED_IAM --parameter-overrides"
                                + " MasterAccountId=ACCOUNT",
                        "  2. the topic, in account 111122223333 and the bucket's region:",
                        "     caracal source template shop-logs"
                                + there
                                + " --notifications > notifications.yml",
                        "     aws cloudformation deploy --stack-name"
                                + " caracal-log-processing-notifications-shop-logs --template-file"
                                + " notifications.yml --parameter-overrides"
                                + " MasterAccountId=ACCOUNT CaracalRegion=REGION",
                        "  3. the bucket tells the topic:",
                        "     caracal source template shop-logs" + there + " --bucket --as cli",
                        "  4. see that it works:",
                        "     caracal source check shop-logs" + there);

        Path config = Files.writeString(control.resolve("job~1.yaml".replace('~', ' ')), QUEUE);
        assertThat(
                        source(
                                        "add --name Own --account-id 111122223333 --bucket own-logs --log-type"
                                                + " AWS.ALB --role-arn= --config "
                                                + config.toString().replace(' ', '~'))
                                .out())
                .contains("  1. the topic", "--config '" + config + "' --notifications")
                .doesNotContain("role.yml", "ACCOUNT");
    }

    @Test
    void withoutARegionOneIsAskedFor() {
        assumeTrue(System.getenv("AWS_REGION") == null && System.getenv("AWS_PROFILE") == null);
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.configFile", control.resolve("none").toString());
        try {
            Outcome outcome = CommandTester.run("source", "list", "--control=s3://example-control");

            assertThat(outcome.err().lines())
                    .containsExactly(
                            "caracal: which region of AWS? Give --region or --config, or set"
                                    + " AWS_REGION");
            assertThat(outcome.status()).isEqualTo(1);
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
            System.clearProperty("aws.configFile");
        }
    }

    @Test
    void aQueueIsALogSourceToo() throws IOException {
        String url = "https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app";
        Outcome added =
                source(
                        "add --type sqs --name App --log-type AWS.CloudTrail --no-input --queue-url "
                                + url
                                + " --allow-principal arn:aws:iam::111122223333:root"
                                + " --allow-source arn:aws:sns:us-east-1:111122223333:app-logs");

        assertThat(added.err()).isEmpty();
        assertThat(file("app.yml"))
                .isEqualTo(
                        """
                        type: sqs
                        id: app
                        name: App
                        queueUrl: %s
                        logTypes:
                          - AWS.CloudTrail
                        allowedPrincipals:
                          - arn:aws:iam::111122223333:root
                        allowedSourceArns:
                          - arn:aws:sns:us-east-1:111122223333:app-logs
                        """
                                .formatted(url));
        assertThat(source("list").out())
                .contains("app  App", "(queue)", "unknown: no job has run yet");
        assertThat(source("template app").out())
                .contains(
                        "sns.amazonaws.com",
                        "aws:SourceArn",
                        "AWS: arn:aws:iam::111122223333:root");
        assertThat(source("template app --terraform").out()).contains("aws_sqs_queue.logs.arn");
        assertThat(source("update app --drop-off-minutes 5").out())
                .contains("Saved sources/app.yml");
        assertThat(source("show app").out()).contains("dropOffMinutes: 5");
        assertThat(source("update app --bucket shop-logs").err())
                .contains("a queue has no --bucket; these are a bucket's");
        assertThat(source("remove app --yes").out()).contains("Delete the queue " + url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--queue-url q|queueUrl is \"q\"; expected such as https://sqs.us-east-1",
                "--queue-url https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo|FIFO queues are not read",
                "|missing: --queue-url, or --config with the job's own queue",
                "--queue-url https://h/q --allow-principal *|allowedPrincipals is \"*\"; expected such as",
                "--queue-url https://h/q --allow-source arn:aws:sns:*:*:*|allowedSourceArns is",
            })
    void aQueueThatCannotBeIsRefused(String options, String message) {
        Outcome outcome =
                source(
                        "add --type sqs --name App --log-type AWS.CloudTrail --no-input"
                                + (options == null ? "" : " " + options));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void whatTheJobSaysOfItsHealthIsTold() throws IOException {
        source(SHOP + " --no-input --drop-off-minutes 60");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        health(now, now.minusSeconds(30), null);
        assertThat(source("list").out())
                .containsPattern("AWS.ALB  healthy, last event 3\\d s ago\n");
        health(now, now.minusSeconds(7200), null);
        assertThat(source("list").out()).contains("silent, last event 2 h ago");
        health(now, now.minusSeconds(90), now.minusSeconds(60));
        assertThat(source("list").out())
                .contains("access-denied since " + now.minusSeconds(60) + ": 403 AccessDenied");
        assertThat(source("list --format json").out()).contains("\"state\":\"failing\"");
        assertThat(source("show shop-logs").out())
                .contains("# access-denied since", "#   AWS.ALB: 3 events, 1 objects, 9 bytes");
        health(now.minusSeconds(600), now.minusSeconds(660), null);
        assertThat(source("list").out())
                .contains("unknown: the job has said nothing for 10 min; before, healthy");
    }

    private void health(Instant written, Instant received, @Nullable Instant denied)
            throws IOException {
        String error =
                """
                {"stage": "read", "reason": "access-denied", "detail": "403 AccessDenied",
                 "since": "%s", "last": "%s", "count": 1}"""
                        .formatted(denied, denied);
        Files.createDirectories(control.resolve("health"));
        Files.writeString(
                control.resolve("health").resolve("sources.json"),
                """
                {"version": 1, "written": "%s", "sources": [
                 {"id": "shop-logs", "name": "Shop Logs", "logTypes": [
                   {"logType": "AWS.ALB", "records": 3, "events": 3, "objects": 1, "bytes": 9,
                    "lastReceived": "%s"}],
                  "errors": [%s]}]}
                """
                        .formatted(written, received, denied == null ? "" : error));
    }

    @Test
    void theSimpleFormHasOneFilterAndLogTypes() throws IOException {
        Outcome outcome =
                source(
                        "add --name China --account-id 111122223333 --bucket cn-logs --region"
                                + " cn-north-1 --prefix trail/ --log-type AWS.CloudTrail --format json");

        JsonNode json = new ObjectMapper().readTree(outcome.out());
        assertThat(json.path("roleArn").asText())
                .isEqualTo("arn:aws-cn:iam::111122223333:role/CaracalLogProcessingRole-china");
        assertThat(json.at("/prefixLogTypes/0/prefix").asText()).isEqualTo("trail/");
        assertThat(json.path("externalId").asText()).hasSize(36);
        assertThat(json.path("path").asText()).isEqualTo("sources/china.yml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add --no-input --name Shop | missing: --account-id, --bucket, --log-type (or --prefix PREFIX=TYPE)",
                "add --name Shop_1 --account-id 12 --bucket Shop --log-type AWS.ALB | name is \"Shop_1\"; expected",
                "add --name Shop_1 --account-id 12 --bucket Shop --log-type AWS.ALB | accountId is \"12\"; expected",
                "add --name Shop_1 --account-id 12 --bucket Shop --log-type AWS.ALB | bucket is \"Shop\"; expected",
                "add --log-type AWS.Cloudtrial | there is no log type \"AWS.Cloudtrial\"; did you mean AWS.CloudTrail?",
                "add --prefix /AWSLogs/=AWS.ALB | prefix starts with '/': \"/AWSLogs/\"; keys in S3 do not, so write \"AWSLogs/\"",
                "add --prefix AWSLogs/ | prefix \"AWSLogs/\" has no log type; give --prefix AWSLogs/=TYPE",
                "add --prefix a/=AWS.ALB --log-stream b/=lines | --log-stream names a prefix that the log source has not: \"b/\"; expected one of [a/]",
                "add --prefix a/=AWS.ALB --log-stream words | there is no log stream \"words\"; expected one of [auto,",
                "add --name B --account-id 111122223333 --bucket b-logs --prefix a=AWS.ALB --prefix a=AWS.ALB | prefixLogTypes has the same prefix twice",
                "add --name shop~logs --account-id 111122223333 --bucket other --log-type AWS.ALB | log source \"shop-logs\" already has the name \"Shop Logs\" in account 111122223333",
                "add --name Other --account-id 444455556666 --bucket shop-logs --prefix AWSLogs/=AWS.ALB | log source \"shop-logs\" already has the prefix \"AWSLogs/\" of bucket shop-logs",
                "add --id shop-logs --name Other --account-id 444455556666 --bucket other --log-type AWS.ALB | log source \"shop-logs\" already has the id shop-logs; give another, such as --id shop-logs-2",
                "update shop-logs | nothing to change",
                "update shop-logs --account-id 444455556666 | the account of a log source never changes",
                "update shop-logs --drop-off-minutes -1 | dropOffMinutes is -1; expected 0 (no alarm) to 43200",
                "update shop-logs --external-id ! | externalId has 1 characters; expected 2 to 1224",
                "show shop | there is no log source \"shop\" in",
                "remove shop-logs | missing: --yes",
            })
    void whatIsWrongIsSaid(String command, String message) {
        source(SHOP);

        Outcome outcome = source(command);

        assertThat(outcome.err()).contains(message);
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void theControlLocationMustBeNamed() {
        Outcome outcome = CommandTester.run("source", "list", "--control=");

        assertThat(outcome.err()).contains("which control location? Give --control");
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void sourcesAreListedAndRefusedFilesNamed() throws IOException {
        source(SHOP);
        Files.writeString(control.resolve("sources").resolve("broken.yml"), "id: broken\n");

        Outcome table = source("list");
        Outcome json = source("list --format=json");

        assertThat(table.outLines())
                .containsExactly(
                        "ID         NAME       ACCOUNT       BUCKET OR QUEUE  PREFIX    LOG TYPES  "
                                + "              HEALTH",
                        "shop-logs  Shop Logs  111122223333  shop-logs        AWSLogs/  AWS.CloudTrail,"
                                + " AWS.ALB  unknown: no job has run yet");
        assertThat(table.err()).contains("refused: sources/broken.yml:1: the key ");
        assertThat(table.status()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(json.out()).path("id").asText())
                .isEqualTo("shop-logs");
        assertThat(json.out() + table.out()).doesNotContain("shop-secret");
        assertThat(source("show Shop~Logs").out()).contains("externalId: shop-secret");
    }

    @Test
    void anUpdateKeepsWhatIsNotGiven() throws IOException {
        source(SHOP + " --drop-off-minutes 60");

        Outcome outcome = source("update shop-logs --name Store --destination soc,lead");

        assertThat(outcome.out()).contains("Deploy the role anew");
        assertThat(file("shop-logs.yml"))
                .contains("id: shop-logs\n", "name: Store\n", "externalId: shop-secret\n")
                .contains("role/CaracalLogProcessingRole-store\n", "dropOffMinutes: 60\n")
                .contains("- soc\n", "- lead\n");
        assertThat(source("update shop-logs --destination= --drop-off-minutes 0").out())
                .doesNotContain("role");
        assertThat(file("shop-logs.yml")).doesNotContain("destinations", "dropOffMinutes");
    }

    @Test
    void removingSaysWhatBecomesOfTheQueue() {
        source(SHOP);
        source(
                "add --name Other --account-id 111122223333 --bucket other --log-type AWS.ALB"
                        + " --role-arn"
                        + " arn:aws:iam::111122223333:role/CaracalLogProcessingRole-shop-logs");

        assertThat(source("remove Other --yes").out())
                .contains("-shop-logs stays: log source \"shop-logs\" needs it.")
                .contains("The queue goes on letting in topics of account 111122223333")
                .contains("Removed sources/other.yml");
        assertThat(source("remove shop-logs --input", "n").status()).isEqualTo(1);
        assertThat(source("remove shop-logs --input", "y").out())
                .contains("No other log source is of account 111122223333")
                .contains("by its stack caracal-log-analysis-setup-shop-logs if that made it")
                .contains("Removed sources/shop-logs.yml");
        assertThat(control.resolve("sources")).isEmptyDirectory();
    }

    @Test
    void theShellCompletesLogTypes() {
        assertThat(CommandTester.run("completion").out()).contains("AWS.CloudTrail");
    }
}
