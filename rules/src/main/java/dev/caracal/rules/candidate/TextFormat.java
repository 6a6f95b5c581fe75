package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;

/** {@code str.format}, of fields that are a name, a number or nothing. */
final class TextFormat {

    private TextFormat() {}

    static String format(String template, List<Object> positional, Map<String, Object> named) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean isDoubled = i + 1 < template.length() && template.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && isDoubled) {
                text.append(c);
                i++;
            } else if (c == '{') {
                int end = template.indexOf('}', i);
                if (end < 0) {
                    throw Unsure.UNSURE;
                }
                String field = template.substring(i + 1, end);
                text.append(
                        Operators.text(
                                value(field.isEmpty() ? next++ : -1, field, positional, named)));
                i = end;
            } else if (c == '}') {
                throw Unsure.UNSURE;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static Object value(
            int position, String field, List<Object> positional, Map<String, Object> named) {
        if (position >= 0) {
            if (position >= positional.size()) {
                throw Unsure.UNSURE;
            }
            return positional.get(position);
        }
        boolean isName = field.chars().allMatch(c -> Character.isLetter(c) || c == '_');
        Object value = isName ? named.get(field) : null;
        if (value == null) {
            throw Unsure.UNSURE;
        }
        return value;
    }
}
