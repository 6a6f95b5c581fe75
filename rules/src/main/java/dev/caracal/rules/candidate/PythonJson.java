package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it, in ASCII. */
final class PythonJson {

    /** Floats up to here, if they are whole, look in Java as they do in Python. */
    private static final double MAX_PLAIN = 1e7;

    private PythonJson() {}

    static String text(Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(Object value, StringBuilder json) {
        if (value instanceof String text) {
            quote(text, json);
        } else if (value instanceof Long || value instanceof Boolean) {
            json.append(value);
        } else if (value == Special.NONE) {
            json.append("null");
        } else if (value instanceof Double number
                && number == Math.rint(number)
                && Math.abs(number) < MAX_PLAIN) {
            json.append(number);
        } else if (value instanceof Mapping mapping) {
            write(PythonValues.members(mapping), json);
        } else if (value instanceof Items items && items.isSequence()) {
            write(items.values(), json);
        } else {
            throw Unsure.UNSURE;
        }
    }

    private static void write(List<Object> values, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            json.append(i > 0 ? ", " : "");
            write(values.get(i), json);
        }
        json.append(']');
    }

    private static void write(Map<String, Object> members, StringBuilder json) {
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.append(separator);
            quote(member.getKey(), json);
            json.append(": ");
            write(member.getValue(), json);
            separator = ", ";
        }
        json.append('}');
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\f' -> json.append("\\f");
                case '\b' -> json.append("\\b");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        json.append(c);
                    } else {
                        json.append("\\u").append(hex(c));
                    }
                }
            }
        }
        json.append('"');
    }

    private static String hex(char c) {
        return String.format("%04x", (int) c);
    }
}
