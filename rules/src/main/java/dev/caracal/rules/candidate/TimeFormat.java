package dev.caracal.rules.candidate;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format of {@code strptime}.
 *
 * <p>What it may match is as in event.py, and in Python's _strptime.py before it. Only a format of
 * numbers, with the whole date, gives a moment here; where another one matches, Python goes on.
 */
final class TimeFormat {

    private static final Map<Character, String> DIRECTIVES =
            Map.of(
                    'd', "(?<d>3[0-1]|[1-2][0-9]|0[1-9]|[1-9]| [1-9])",
                    'f', "(?<f>[0-9]{1,6})",
                    'H', "(?<H>2[0-3]|[0-1][0-9]|[0-9])",
                    'm', "(?<m>1[0-2]|0[1-9]|[1-9])",
                    'M', "(?<M>[0-5][0-9]|[0-9])",
                    'S', "(?<S>6[0-1]|[0-5][0-9]|[0-9])",
                    'Y', "(?<Y>[0-9][0-9][0-9][0-9])");

    /** Of those that give no number here, at least what they match. */
    private static final Map<Character, String> OTHERS =
            Map.of(
                    'I', "(?:1[0-2]|0[1-9]|[1-9]| [1-9])",
                    'b', "[A-Za-z]+\\.?",
                    'p', "[A-Za-z]*",
                    'z', "(?:[+-][0-9][0-9]:?[0-5][0-9](?::?[0-5][0-9](?:\\.[0-9]{1,6})?)?|Z)",
                    'Z', "[A-Za-z]*",
                    'y', "[0-9][0-9]",
                    '%', "%");

    private static final String SPACES = "[ \\t-\\r\\x1c-\\x1f]+";
    private static final int MAX_KNOWN = 1000;

    /**
     * Longer text, which a format could take long to refuse, is Python's, within its time limit.
     */
    private static final int MAX_LENGTH = 100;

    private static final Map<String, TimeFormat> KNOWN = new ConcurrentHashMap<>();

    static final TimeFormat ISO = of("%Y-%m-%dT%H:%M:%S");
    static final TimeFormat ISO_FRACTION = of("%Y-%m-%dT%H:%M:%S.%f");

    private final Pattern pattern;
    private final boolean isPlain;
    private final Set<Character> directives;

    private TimeFormat(Pattern pattern, Set<Character> directives) {
        this.pattern = pattern;
        this.directives = directives;
        isPlain =
                DIRECTIVES.keySet().containsAll(directives)
                        && directives.containsAll(Set.of('Y', 'm', 'd'));
    }

    static TimeFormat of(String format) {
        TimeFormat known = KNOWN.get(format);
        if (known != null) {
            return known;
        }
        TimeFormat compiled = compile(format);
        if (KNOWN.size() < MAX_KNOWN) {
            KNOWN.put(format, compiled);
        }
        return compiled;
    }

    private static TimeFormat compile(String format) {
        StringBuilder regex = new StringBuilder();
        Set<Character> directives = new HashSet<>();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length()) {
                char directive = format.charAt(++i);
                String other = OTHERS.getOrDefault(directive, ".*");
                boolean again = !directives.add(directive);
                regex.append(again ? ".*" : DIRECTIVES.getOrDefault(directive, other));
                if (again) {
                    directives.add('*');
                }
            } else if (Character.isWhitespace(c)) {
                regex.append(SPACES);
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
        return new TimeFormat(Pattern.compile(regex.toString(), flags), directives);
    }

    /**
     * @throws Raised a ValueError if the text is not of this format
     * @throws Unsure if only Python can tell
     */
    Times.Moment parse(String text) {
        if (text.length() > MAX_LENGTH || !PythonValues.isAscii(text)) {
            throw Unsure.UNSURE;
        }
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw Raised.VALUE_ERROR;
        }
        if (!isPlain) {
            throw Unsure.UNSURE;
        }
        try {
            return new Times.Moment(time(matcher));
        } catch (DateTimeException e) {
            throw Unsure.UNSURE;
        }
    }

    private LocalDateTime time(Matcher matcher) {
        int year = number(matcher, 'Y');
        if (year == 0) {
            throw Unsure.UNSURE;
        }
        return LocalDateTime.of(
                year,
                number(matcher, 'm'),
                number(matcher, 'd'),
                number(matcher, 'H'),
                number(matcher, 'M'),
                number(matcher, 'S'),
                number(matcher, 'f') * 1000);
    }

    /** 0 if the format does not have it. */
    private int number(Matcher matcher, char directive) {
        if (!directives.contains(directive)) {
            return 0;
        }
        String digits = matcher.group(String.valueOf(directive)).strip();
        return Integer.parseInt(directive == 'f' ? (digits + "00000").substring(0, 6) : digits);
    }
}
