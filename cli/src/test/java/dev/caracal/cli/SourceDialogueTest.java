package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code source add} asks a person. */
class SourceDialogueTest {

    private static final String SHOP =
            "--name Shop~Logs --account-id 111122223333 --bucket shop-logs"
                    + " --prefix AWSLogs/=AWS.CloudTrail,AWS.ALB --external-id shop-secret";

    @TempDir private Path control;

    /** Runs the command with these answers; a tilde stands for a space within an argument. */
    private Outcome add(String options, String... answers) {
        return CommandTester.runLine("source add --input " + options, answers);
    }

    private String file(String name) throws IOException {
        return Files.readString(control.resolve("sources").resolve(name));
    }

    @Test
    void aPersonIsAskedUntilTheAnswersAreRight() throws IOException {
        Outcome outcome =
                add(
                        "--control=" + control,
                        "Shop_Logs",
                        "Shop Logs",
                        "1234",
                        "111122223333",
                        "Shop",
                        "shop-logs",
                        "/AWSLogs/",
                        "AWSLogs/",
                        "aws.vpc",
                        "cloudtrial",
                        "cloudtrail, s3server",
                        "words",
                        "",
                        "AWSLogs/",
                        "access/",
                        "okta.systemlog",
                        "lines",
                        "",
                        "",
                        "arn:aws:kms:us-east-1:111122223333:alias/logs",
                        "",
                        "shop-secret",
                        "soon",
                        "60",
                        "",
                        "y");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err())
                .contains(
                        "name is \"Shop_Logs\"; expected 1 to 32 letters, digits, spaces or hyphens,"
                                + " such as Shop logs",
                        "accountId is \"1234\"; expected 12 digits, such as 123456789012",
                        "bucket is \"Shop\"; expected a bucket name, such as example-logs",
                        "prefix starts with '/': \"/AWSLogs/\"; keys in S3 do not, so write"
                                + " \"AWSLogs/\"",
                        "\"aws.vpc\" may be AWS.VPCDns, AWS.VPCFlow",
                        "there is no log type \"cloudtrial\"; did you mean",
                        "expected one of [auto, lines,",
                        "prefix \"AWSLogs/\" is there already",
                        "kmsKeyArn is \"arn:aws:kms:us-east-1:111122223333:alias/logs\"; expected"
                                + " arn:aws:kms:REGION:ACCOUNT:key/ID",
                        "expected a number of minutes, such as 60");
        assertThat(file("shop-logs.yml"))
                .contains("- AWS.CloudTrail\n", "- AWS.S3ServerAccess\n", "- Okta.SystemLog\n")
                .contains(
                        "logStream: lines\n", "externalId: shop-secret\n", "dropOffMinutes: 60\n");
    }

    @Test
    void nothingIsSavedWithoutAYes() {
        Outcome outcome = add(SHOP + " --control=" + control, "", "", "", "", "n");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(control.resolve("sources")).doesNotExist();
    }

    @Test
    void aQueueIsAskedForWhatAQueueHas() throws IOException {
        String url = "https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app";

        Outcome outcome =
                add(
                        "--type sqs --control=" + control,
                        "App",
                        "queue",
                        url,
                        "everybody",
                        "arn:aws:iam::111122223333:root",
                        "",
                        "okta.systemlog",
                        "",
                        "30",
                        "soc-slack",
                        "y");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).contains("queueUrl is \"queue\"", "\"everybody\"");
        assertThat(file("app.yml"))
                .contains(
                        "type: sqs\n",
                        "queueUrl: " + url + '\n',
                        "- Okta.SystemLog\n",
                        "- arn:aws:iam::111122223333:root\n",
                        "dropOffMinutes: 30\n",
                        "- soc-slack\n");
    }

    @Test
    void aQueueIsNotSavedWithoutAYes() {
        Outcome outcome =
                add(
                        "--type sqs --name App --log-type AWS.ALB --control=" + control,
                        "https://sqs.us-east-1.amazonaws.com/123456789012/caracal-source-app",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "n");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(control.resolve("sources")).doesNotExist();
    }
}
