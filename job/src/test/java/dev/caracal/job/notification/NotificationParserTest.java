package dev.caracal.job.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.s3.S3ObjectRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class NotificationParserTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> cases() throws IOException {
        try (InputStream in =
                NotificationParserTest.class.getResourceAsStream("notifications.yml")) {
            List<Map<String, Object>> cases = new Yaml().load(in);
            return cases.stream().map(c -> Arguments.of(c.get("name"), c));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void understands(String name, Map<String, Object> expected) throws Exception {
        Notification notification = new NotificationParser().parse(body(expected));

        switch ((String) expected.get("is")) {
            case "announcement" -> {
                Notification.Announcement announcement = (Notification.Announcement) notification;
                assertThat(announcement.objects())
                        .map(NotificationParserTest::describe)
                        .isEqualTo(expected.getOrDefault("objects", List.of()));
                assertThat(announcement.passedOver())
                        .map(Enum::name)
                        .isEqualTo(expected.getOrDefault("passedOver", List.of()));
                assertThat(announcement.unreadable())
                        .map(Notification.Unrecognised::reason)
                        .isEqualTo(expected.getOrDefault("unreadable", List.of()));
            }
            case "test" -> assertThat(notification).isInstanceOf(Notification.Test.class);
            case "confirmation" -> {
                Notification.Confirmation confirmation = (Notification.Confirmation) notification;
                assertThat(confirmation.topicArn()).isEqualTo(expected.get("topicArn"));
                assertThat(confirmation.toString()).doesNotContain(confirmation.token());
            }
            case "unrecognised" ->
                    assertThat(((Notification.Unrecognised) notification).reason())
                            .isEqualTo(expected.get("reason"));
            default -> fail("no such expectation: " + expected.get("is"));
        }
    }

    private static String body(Map<String, Object> expected) throws JsonProcessingException {
        if (expected.containsKey("text")) {
            return (String) expected.get("text");
        }
        if (expected.containsKey("snsText")) {
            return envelope((String) expected.get("snsText"));
        }
        if (expected.containsKey("sns")) {
            return envelope(JSON.writeValueAsString(expected.get("sns")));
        }
        return JSON.writeValueAsString(expected.get("body"));
    }

    private static String envelope(String message) throws JsonProcessingException {
        return JSON.writeValueAsString(
                Map.of(
                        "Type", "Notification",
                        "MessageId", "m-1",
                        "TopicArn", "arn:aws:sns:us-east-1:123456789012:topic",
                        "Message", message));
    }

    private static String describe(Notification.AnnouncedObject object) {
        S3ObjectRef ref = object.ref();
        return String.format(
                "%s %s version=%s eTag=%s size=%d time=%d",
                ref.bucket(),
                ref.key(),
                ref.versionId(),
                ref.eTag(),
                ref.size(),
                object.createdTimeMillis());
    }
}
