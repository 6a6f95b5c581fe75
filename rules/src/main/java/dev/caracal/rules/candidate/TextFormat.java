package dev.caracal.rules.candidate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** {@code str.format}, of fields that are a name or nothing, with or without a form for floats. */
final class TextFormat {

    /** {@code 06.3f}: zeros in front, width, digits behind the point. */
    private static final java.util.regex.Pattern FLOAT =
            java.util.regex.Pattern.compile("(0?)([1-9][0-9]?)?(?:\\.([0-9]))?f");

    private static final int DEFAULT_DIGITS = 6;
    private static final double MAX_NUMBER = 1e15;

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
                int colon = field.indexOf(':');
                String name = colon < 0 ? field : field.substring(0, colon);
                Object value = value(name.isEmpty() ? next++ : -1, name, positional, named);
                text.append(
                        colon < 0
                                ? Operators.text(value)
                                : ofFloat(field.substring(colon + 1), value));
                i = end;
            } else if (c == '}') {
                throw Unsure.UNSURE;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** The exact decimal value, rounded to the even digit where it lies half-way. */
    private static String ofFloat(String form, Object value) {
        Matcher matcher = FLOAT.matcher(form);
        if (!matcher.matches()
                || !(value instanceof Double number)
                || !(Math.abs(number) < MAX_NUMBER)
                || number == 0 && 1 / number < 0) {
            throw Unsure.UNSURE;
        }
        String digits = matcher.group(3);
        BigDecimal rounded =
                new BigDecimal(number)
                        .setScale(
                                digits == null ? DEFAULT_DIGITS : Integer.parseInt(digits),
                                RoundingMode.HALF_EVEN);
        String text = rounded.abs().toPlainString();
        String sign = number < 0 ? "-" : "";
        int width = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        int missing = Math.max(0, width - text.length() - sign.length());
        boolean isZero = matcher.group(1).equals("0");
        return isZero ? sign + "0".repeat(missing) + text : " ".repeat(missing) + sign + text;
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
