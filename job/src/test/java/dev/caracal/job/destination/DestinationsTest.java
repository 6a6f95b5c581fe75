package dev.caracal.job.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.Alert;
import dev.caracal.rules.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {

    private static final Destinations ALL =
            new Destinations(
                    Stream.of(
                                    yaml("all", "true"),
                                    yaml("loud", "true\nseverities: [HIGH, CRITICAL]"),
                                    yaml("trail", "true\nlogTypes: [AWS.CloudTrail, AWS.ALB]"),
                                    yaml("health", "true\nalertTypes: [SYSTEM_HEALTH]"),
                                    yaml("named", "false\nseverities: [CRITICAL]"))
                            .map(yaml -> new DestinationSource("destinations/x.yml", yaml).read())
                            .toList());

    private static String yaml(String id, String rest) {
        return "id: "
                + id
                + "\nname: The "
                + id
                + " queue\ntype: sqs\nqueueUrl: https://sqs.us-east-1.amazonaws.com/123456789012/"
                + id
                + "\ndefault: "
                + rest
                + "\n";
    }

    @ParameterizedTest
    @CsvSource({
        "RULE,          HIGH,     AWS.CloudTrail, all loud trail",
        "RULE,          LOW,      AWS.CloudTrail, all trail",
        "RULE_ERROR,    CRITICAL, Okta.SystemLog, all loud",
        "SYSTEM_HEALTH, INFO,     Okta.SystemLog, all health",
    })
    void anAlertThatNamesNoneGoesToTheDefaultOnes(
            Alert.Type type, Severity severity, String logType, String expected) {
        Destinations.Route route = ALL.route(Alerts.alert(type, severity, logType, null, "{}"));

        assertThat(route.destinations())
                .extracting(Destination::id)
                .containsExactly(expected.split(" "));
        assertThat(route.unknown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "named,                  named,                '', by its id",
        "The named queue,        named,                '', by its name; whatever its severities",
        "named;The named queue,  named,                '', once",
        "named;gone,             named all loud trail, gone, and the default ones",
        "gone;lost,              all loud trail,       gone;lost, the default ones alone",
        "'',                     '',                   '', an empty list sends it nowhere",
    })
    void anAlertGoesWhereItsRuleSays(
            String named, String expected, String unknown, String description) {
        Destinations.Route route = ALL.route(Alerts.alert(split(named, ";")));

        assertThat(route.destinations())
                .as(description)
                .extracting(Destination::id)
                .containsExactlyElementsOf(split(expected, " "));
        assertThat(route.unknown()).containsExactlyElementsOf(split(unknown, ";"));
    }

    private static List<String> split(@Nullable String text, String separator) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.asList(text.split(separator, -1));
    }

    @Test
    void aWrongFileLeavesTheVersionBeforeInForce() {
        DestinationSetCheck check = new DestinationSetCheck();
        var files = new TreeMap<String, String>();
        files.put("destinations/a.yml", yaml("a", "true"));
        files.put("destinations/b.yml", yaml("b", "true"));
        files.put("destinations/notes.txt", "not read");
        assertThat(check.check(files).problems()).isEmpty();

        files.put("destinations/a.yml", yaml("a", "sometimes"));
        files.remove("destinations/b.yml");
        files.put("destinations/c.yml", yaml("a", "false"));
        DestinationSetCheck.Checked checked = check.check(files);

        assertThat(checked.destinationSet().destinations())
                .containsExactly(new DestinationSource("destinations/a.yml", yaml("a", "true")));
        assertThat(checked.problems()).containsOnlyKeys("destinations/a.yml", "destinations/c.yml");
        assertThat(checked.problems().get("destinations/c.yml"))
                .isEqualTo(
                        "destinations/c.yml: \"a\" is already the id or name of"
                                + " destinations/a.yml");
    }
}
