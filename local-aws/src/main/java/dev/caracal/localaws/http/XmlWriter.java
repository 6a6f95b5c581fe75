package dev.caracal.localaws.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Writes the small XML documents that AWS answers with. */
public final class XmlWriter {
    private final StringBuilder xml =
            new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** A document whose root element is in a namespace; an empty namespace means none. */
    public static String document(String root, String namespace, Consumer<XmlWriter> content) {
        XmlWriter writer = new XmlWriter();
        writer.xml.append('<').append(root);
        if (!namespace.isEmpty()) {
            writer.xml.append(" xmlns=\"").append(namespace).append('"');
        }
        writer.xml.append('>');
        writer.open.push(root);
        content.accept(writer);
        writer.close();
        return writer.xml.toString();
    }

    /** An element with text in it. */
    public XmlWriter text(String name, String value) {
        xml.append('<').append(name).append('>');
        escape(value);
        xml.append("</").append(name).append('>');
        return this;
    }

    /** An element with elements in it. */
    public XmlWriter element(String name, Consumer<XmlWriter> content) {
        xml.append('<').append(name).append('>');
        open.push(name);
        content.accept(this);
        close();
        return this;
    }

    private void close() {
        xml.append("</").append(open.pop()).append('>');
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                default -> xml.append(c);
            }
        }
    }
}
