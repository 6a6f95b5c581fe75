package dev.caracal.cli.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Lines of Okta.SystemLog. */
final class OktaSamples {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = SampleTime.format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final List<String> PEOPLE = List.of("emeka", "freya", "goran", "hina");

    private final Dice dice;

    OktaSamples(Dice dice) {
        this.dice = dice;
    }

    String everyday(Instant time) {
        return event(
                        time,
                        dice.pick(List.of("user.authentication.sso", "user.session.start")),
                        dice.pick(PEOPLE),
                        "SUCCESS")
                .toString();
    }

    ObjectNode event(Instant time, String eventType, String person, String result) {
        ObjectNode event =
                JSON.createObjectNode()
                        .put("uuid", dice.uuid())
                        .put("published", TIME.format(time))
                        .put("eventType", eventType)
                        .put("version", "0")
                        .put("severity", "INFO")
                        .put("displayMessage", eventType.replace('.', ' '));
        event.putObject("actor")
                .put("id", "00u" + person)
                .put("type", "User")
                .put("alternateId", person + "@example.com")
                .put("displayName", person);
        String address = dice.visitorAddress();
        ObjectNode client = event.putObject("client");
        client.put("zone", "null").put("device", "Computer").put("ipAddress", address);
        client.putObject("userAgent")
                .put("rawUserAgent", "Mozilla/5.0")
                .put("os", "Linux")
                .put("browser", "FIREFOX");
        event.putObject("outcome").put("result", result);
        event.putObject("request")
                .putArray("ipChain")
                .addObject()
                .put("ip", address)
                .put("version", "V4");
        event.putObject("transaction")
                .put("type", "WEB")
                .put("id", dice.uuid())
                .putObject("detail");
        event.putObject("debugContext").putObject("debugData").put("requestUri", "/api/v1/authn");
        event.putObject("authenticationContext")
                .put("authenticationStep", 0)
                .put("externalSessionId", dice.hex(20));
        event.putObject("securityContext").put("isProxy", false);
        return event;
    }
}
