package dev.caracal.parsers.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A JSON object that only wraps a list of records, as far as its beginning shows.
 *
 * <p>A log event may well have a list among its members, so only these count: a list {@code
 * Records}; a list {@code records} of objects, if the object has nothing else; a list {@code
 * logEvents}, if a {@code messageType} of CloudWatch Logs stands before it.
 */
final class JsonEnvelope {

    private final ByteWindow window;
    private final JsonBoundary boundary;

    private int members;
    private boolean upperCaseRecords;
    private boolean lowerCaseRecords;
    private boolean messageType;
    private boolean logEvents;

    private JsonEnvelope(ByteWindow window) {
        this.window = window;
        this.boundary = new JsonBoundary(window);
    }

    /**
     * The name of the log stream that unwraps the object at the window's position, empty if it is
     * no envelope.
     *
     * @param window with all its content in memory
     */
    static String detect(ByteWindow window) {
        JsonEnvelope envelope = new JsonEnvelope(window);
        try {
            envelope.read();
        } catch (IOException e) {
            // The beginning may well end in the middle of a member.
        }
        return envelope.logStream();
    }

    private String logStream() {
        if (upperCaseRecords) {
            return "cloudtrail";
        }
        if (logEvents) {
            return "cloudwatch";
        }
        return lowerCaseRecords && members == 1 ? "json-array:records" : "";
    }

    private void read() throws IOException {
        JsonSyntax.expect(window, '{', "a JSON object");
        if (JsonSyntax.peek(window) == '}') {
            return;
        }
        member();
        while (JsonSyntax.peek(window) == ',') {
            window.position++;
            member();
        }
    }

    private void member() throws IOException {
        if (JsonSyntax.peek(window) != '"') {
            throw JsonSyntax.unexpected(window, "a member's name");
        }
        members++;
        boundary.pass();
        String name = token();
        JsonSyntax.expect(window, ':', "':' after a member's name");
        int first = JsonSyntax.peek(window);
        switch (name) {
            case "\"Records\"" -> upperCaseRecords |= first == '[';
            case "\"records\"" -> lowerCaseRecords |= first == '[' && holdsObjects();
            case "\"logEvents\"" -> logEvents |= first == '[' && messageType;
            default -> {}
        }
        if (name.equals("\"messageType\"") && first == '"') {
            boundary.pass();
            String value = token();
            messageType = value.equals("\"DATA_MESSAGE\"") || value.equals("\"CONTROL_MESSAGE\"");
            return;
        }
        boundary.skip();
    }

    /** Looks into the list at the window's position. */
    private boolean holdsObjects() throws IOException {
        int list = window.position;
        window.position++;
        int first = JsonSyntax.peek(window);
        window.position = list;
        return first == '{' || first == ']';
    }

    private String token() {
        return new String(
                window.bytes(), window.mark, window.position - window.mark, StandardCharsets.UTF_8);
    }
}
