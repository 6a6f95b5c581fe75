package dev.caracal.job.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.rules.Severity;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationReaderTest {

    private static final String SLACK =
            """
            id: oncall
            name: On-call channel
            type: slack
            default: true
            severities: [HIGH, CRITICAL]
            logTypes: [AWS.CloudTrail]
            alertTypes: [RULE]
            url: ${secretsmanager:caracal/slack#url}
            """;

    private static final String WEBHOOK =
            """
            id: hook
            name: Hook
            type: webhook
            default: false
            url: https://example.com/hook
            secret: ${env:CARACAL_SECRET_HOOK}
            method: PUT
            headers:
              X-Token: "{{destination.secret}}"
            body: |
              {"text": "{{alert.title|max:80}}"}
            """;

    @Test
    void aFileBecomesADestination() {
        Destination slack = DestinationReader.read("destinations/a.yml", SLACK);

        assertThat(slack.id()).isEqualTo("oncall");
        assertThat(slack.type()).isEqualTo(DestinationType.SLACK);
        assertThat(slack.isDefault()).isTrue();
        assertThat(slack.severities()).isEqualTo(Set.of(Severity.HIGH, Severity.CRITICAL));
        assertThat(slack.logTypes()).containsExactly("AWS.CloudTrail");
        assertThat(slack.alertTypes()).containsExactly("RULE");
        assertThat(slack.settings())
                .containsOnly(
                        org.assertj.core.api.Assertions.entry(
                                "url", "${secretsmanager:caracal/slack#url}"));
    }

    @Test
    void aTemplateOfTheFileGoesBeforeTheBuiltInOne() {
        Destination hook = DestinationReader.read("destinations/b.yml", WEBHOOK);

        assertThat(hook.template()).isNotNull();
        assertThat(hook.template().method()).isEqualTo("PUT");
        assertThat(hook.template().headers()).containsOnlyKeys("X-Token");
        assertThat(hook.template().body()).contains("{{alert.title|max:80}}");
        assertThat(hook.template().url()).isEqualTo("{{destination.url}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "id: oncall ~ id: on call ~ 1: id is \"on call\"; expected 1 to 64",
                "name: On-call channel ~ other: x ~ there is no key \"other\"",
                "[HIGH, CRITICAL] ~ &a [*a] ~ Number of aliases",
                "[HIGH, CRITICAL] ~ [&a [HIGH], *a] ~ Number of aliases",
                "name: On-call channel ~ name: !!java.net.URL [x] ~ 2: ",
                "name: On-call channel ~ id: twice ~ 2: the key \"id\" stands twice",
                "name: On-call channel ~ name: ' ' ~ 2: name is \" \"",
                "type: slack ~ type: fax ~ 3: there is no type \"fax\"; expected one of [sns, sqs",
                "type: slack ~ type: [slack] ~ 3: expected a single value",
                "default: true ~ default: often ~ 4: default is \"often\"; expected true or false",
                "[HIGH, CRITICAL] ~ [HIGH, GRAVE] ~ 5: severities has \"GRAVE\"; expected some of",
                "[HIGH, CRITICAL] ~ HIGH ~ 5: severities is no list",
                "[HIGH, CRITICAL] ~ [] ~ 5: severities is no list, or empty",
                "[RULE] ~ [POLICY] ~ 7: alertTypes has \"POLICY\"",
                "url: $ ~ topicArn: $ ~ there is no key \"topicArn\"",
                "url: ${secretsmanager:caracal/slack#url} ~ body: '{}' ~ the key \"url\" is missing",
                "${secretsmanager:caracal/slack#url} ~ https://hooks.example.com/T0/p4ss ~ 8: url is"
                        + " a secret: expected ${env:CARACAL_SECRET_",
                "${secretsmanager:caracal/slack#url} ~ ${env:HOME} ~ 8: url is a secret: the"
                        + " variable is \"HOME\"",
            })
    void aWrongFileIsRefusedByLine(String part, String wrong, String expected) {
        assertRefused(SLACK.replace(part, wrong), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "https://example.com/hook ~ ftp://example.com ~ 5: url is no URL",
                "https://example.com/hook ~ https://u:p4ss@example.com ~ 5: url is no URL",
                "https://example.com/hook ~ https://x/${env:A} ~ 5: url has a reference in its middle",
                "${env:CARACAL_SECRET_HOOK} ~ p4ss ~ 6: secret is a secret: expected",
                "method: PUT ~ method: GET ~ 7: method is \"GET\"; expected POST or PUT",
                "X-Token: ~ X Token: ~ 9: headers has the name \"X Token\"",
                "\"{{destination.secret}}\" ~ p4ss ~ 9: headers has a fixed value in X-Token",
                "\"{{destination.secret}}\" ~ \"{{alert.title}}\" ~ 9: headers has placeholders in",
                "{\"text\": ~ {\"text\" ~ 10: body has no JSON",
                "|max:80 ~ |least:80 ~ 10: body has there is no filter \"least\"",
            })
    void aWrongWebhookIsRefusedByLine(String part, String wrong, String expected) {
        assertRefused(WEBHOOK.replace(part, wrong), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "sns ~ topicArn: alerts ~ 5: topicArn is \"alerts\"; expected arn:aws:sns:",
                "sqs ~ queueUrl: alerts ~ 5: queueUrl is no URL",
                "sqs ~ queueUrl: https://x/y\\nbody: '{}' ~ there is no key \"body\"",
                "pagerduty ~ url: https://events.eu.pagerduty.com/v2/enqueue ~ \"secret\" is missing",
                "jira ~ url: https://acme.example.com\\nsecret: ${secretsmanager:j} ~ \"project\" is"
                        + " missing",
            })
    void everyTypeHasItsKeys(String type, String keys, String expected) {
        assertRefused(
                "id: x\nname: X\ntype: " + type + "\ndefault: true\n" + keys.replace("\\n", "\n"),
                expected);
    }

    private static void assertRefused(String yaml, String expected) {
        assertThatThrownBy(() -> new DestinationSource("destinations/a.yml", yaml).read())
                .isInstanceOf(DestinationException.class)
                .hasMessageStartingWith("destinations/a.yml:")
                .hasMessageContaining(expected)
                .hasMessageNotContaining("p4ss");
    }
}
