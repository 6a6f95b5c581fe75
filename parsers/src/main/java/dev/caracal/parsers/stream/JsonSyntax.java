package dev.caracal.parsers.stream;

import java.io.IOException;

/** The little of JSON's grammar that must be understood around records. */
final class JsonSyntax {

    private JsonSyntax() {}

    /** The next byte that is not blank. */
    static int peek(ByteWindow window) throws IOException {
        if (!window.skipBlanks()) {
            throw truncated();
        }
        return window.bytes()[window.position];
    }

    static void expect(ByteWindow window, char expected, String description) throws IOException {
        if (peek(window) != expected) {
            throw unexpected(window, description);
        }
        window.position++;
    }

    static LogStreamException truncated() {
        return new LogStreamException(
                "truncated-json", "The object ends in the middle of its JSON");
    }

    static LogStreamException unexpected(ByteWindow window, String expected) {
        char found = (char) (window.bytes()[window.position] & 0xff);
        return new LogStreamException(
                "not-json", "Expected " + expected + ", found '" + found + "'");
    }
}
