package dev.caracal.parsers.stream;

import java.io.IOException;

/**
 * Records that are JSON objects or lists, one after another: one a line, pretty-printed over
 * several lines, or with nothing in between.
 *
 * <p>Where neither begins, the rest of the line is a rejected record.
 */
final class JsonStream implements LogStream {

    private final ByteWindow window;
    private final JsonBoundary boundary;

    JsonStream(ByteWindow window) {
        this.window = window;
        this.boundary = new JsonBoundary(window);
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public boolean next() throws IOException {
        if (!window.skipBlanks()) {
            return false;
        }
        byte first = window.bytes()[window.position];
        if (first == '{' || first == '[') {
            boundary.pass();
            return true;
        }
        window.mark = window.position;
        throw notJson();
    }

    private RecordRejectedException notJson() throws IOException {
        window.fillTo(ByteWindow.EXCERPT);
        String excerpt = window.excerpt();
        int lineEnd = excerpt.indexOf('\n');
        skipLine();
        return new RecordRejectedException(
                "not-json",
                "Expected a JSON object or list",
                lineEnd < 0 ? excerpt : excerpt.substring(0, lineEnd));
    }

    private void skipLine() throws IOException {
        do {
            byte[] bytes = window.bytes();
            while (window.position < window.limit()) {
                if (bytes[window.position++] == '\n') {
                    return;
                }
            }
            window.mark = window.position;
        } while (window.fill());
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
