package dev.caracal.parsers.schema;

import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates from above how many instructions a regular expression compiles to, before it is
 * compiled: repetitions multiply, so that a short pattern such as {@code ((a{1000}){1000}){1000}}
 * would fill the memory.
 */
final class PatternSize {

    private static final long MAX_INSTRUCTIONS = 20_000;

    /** The compiler recurses into groups. */
    private static final int MAX_DEPTH = 200;

    private static final Pattern REPETITION =
            Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

    private final String pattern;
    private final Deque<Long> groups = new ArrayDeque<>();
    private int position;

    /** Of the group at hand, and of the element in it that came last. */
    private long total;

    private long last;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws IllegalArgumentException if the pattern is too large
     */
    static void check(String pattern) {
        PatternSize size = new PatternSize(pattern);
        while (size.position < pattern.length()) {
            size.next();
            if (size.groups.size() > MAX_DEPTH) {
                throw new IllegalArgumentException("groups are nested deeper than " + MAX_DEPTH);
            }
            if (size.total > MAX_INSTRUCTIONS) {
                throw new IllegalArgumentException(
                        "too large: its repetitions make more than "
                                + MAX_INSTRUCTIONS
                                + " instructions");
            }
        }
    }

    private void next() {
        char c = pattern.charAt(position++);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> {
                groups.push(total);
                total = 2;
            }
            case ')' -> {
                last = total;
                total += groups.isEmpty() ? 0 : groups.pop();
            }
            case '{' -> repetition();
            case '*', '+', '?', '|' -> {
                total++;
                last++;
            }
            default -> element();
        }
    }

    private void element() {
        last = 1;
        total++;
    }

    private void escape() {
        element();
        char c = position < pattern.length() ? pattern.charAt(position++) : ' ';
        if (c == 'Q') {
            int start = position;
            skipPast("\\E", start);
            total += position - start;
            return;
        }
        boolean braces = position < pattern.length() && pattern.charAt(position) == '{';
        if (braces && (c == 'p' || c == 'P' || c == 'x')) {
            skipPast("}", position);
        }
    }

    private void characterClass() {
        element();
        int first = position;
        if (first < pattern.length() && pattern.charAt(first) == '^') {
            first++;
        }
        // A ] right at the beginning is an ordinary character.
        position = first + 1;
        while (position < pattern.length() && pattern.charAt(position) != ']') {
            int named = pattern.startsWith("[:", position) ? pattern.indexOf(":]", position) : -1;
            if (named > 0) {
                position = named + 2;
            } else {
                position += pattern.charAt(position) == '\\' ? 2 : 1;
            }
        }
        position++;
    }

    private void repetition() {
        var repetition = REPETITION.matcher(pattern.substring(position - 1, end()));
        if (!repetition.lookingAt()) {
            element();
            return;
        }
        String max = repetition.group(2);
        long times = Long.parseLong(max == null || max.isEmpty() ? repetition.group(1) : max);
        long more = (last + 1) * Math.max(1, times);
        total += more;
        last += more;
        position += repetition.end() - 1;
    }

    /** As far as a repetition can reach. */
    private int end() {
        return Math.min(pattern.length(), position + 11);
    }

    private void skipPast(String end, int from) {
        int found = pattern.indexOf(end, from);
        position = found < 0 ? pattern.length() : found + end.length();
    }
}
