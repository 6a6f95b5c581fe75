package dev.caracal.parsers.stream;

import java.io.IOException;

/** The elements of one JSON array, one by one. */
final class JsonElements {

    private final ByteWindow window;
    private final JsonBoundary boundary;
    private boolean first;

    JsonElements(ByteWindow window) {
        this.window = window;
        this.boundary = new JsonBoundary(window);
    }

    /** Begins with the array whose bracket is at the window's position. */
    void open() {
        window.position++;
        first = true;
    }

    /** Moves to the next element; false past the end of the array. */
    boolean next() throws IOException {
        int b = JsonSyntax.peek(window);
        if (b == ']') {
            window.position++;
            return false;
        }
        if (!first) {
            JsonSyntax.expect(window, ',', "',' or ']' after an element");
            b = JsonSyntax.peek(window);
        }
        first = false;
        if (b == ',' || b == ']' || b == '}') {
            throw JsonSyntax.unexpected(window, "an element");
        }
        boundary.pass();
        return true;
    }
}
