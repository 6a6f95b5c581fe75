package dev.caracal.parsers.stream;

import java.io.IOException;

/** Records that are the elements of a JSON array, or of several one after another. */
final class JsonArrayStream implements LogStream {

    private final ByteWindow window;
    private final JsonElements elements;
    private boolean inArray;

    JsonArrayStream(ByteWindow window) {
        this.window = window;
        this.elements = new JsonElements(window);
    }

    @Override
    public String name() {
        return "json-array";
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (inArray) {
                if (elements.next()) {
                    return true;
                }
                inArray = false;
            }
            if (!window.skipBlanks()) {
                return false;
            }
            if (window.bytes()[window.position] != '[') {
                throw JsonSyntax.unexpected(window, "a JSON array");
            }
            elements.open();
            inArray = true;
        }
    }

    @Override
    public byte[] buffer() {
        return window.bytes();
    }

    @Override
    public int offset() {
        return window.mark;
    }

    @Override
    public int length() {
        return window.position - window.mark;
    }
}
