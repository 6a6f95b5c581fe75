package dev.caracal.rules.candidate;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression, of which only whether it matches is reproduced, and only on ASCII
 * text of one line: there RE2 and Python agree on what RE2 takes.
 */
record Pattern(com.google.re2j.@Nullable Pattern compiled) {

    private static final int MAX_KNOWN = 1000;
    private static final Map<String, Pattern> KNOWN = new ConcurrentHashMap<>();

    /** A match object, which is true. */
    static final Object MATCH = new Object();

    /** The pattern of a text that the evaluation came upon. */
    static Pattern of(String regex) {
        Pattern known = KNOWN.get(regex);
        if (known != null) {
            return known;
        }
        Pattern compiled = of(regex, false);
        if (KNOWN.size() < MAX_KNOWN) {
            KNOWN.put(regex, compiled);
        }
        return compiled;
    }

    static Pattern of(String regex, boolean ignoreCase) {
        // Python writes named groups as RE2 does, and has no \\Q, \\C, \\z or POSIX classes.
        boolean common =
                PythonValues.isAscii(regex)
                        && !regex.contains("[[:")
                        && !regex.matches("(?s).*\\\\[QECzpPKGhHRvVxuUN0-9].*");
        try {
            return new Pattern(
                    common
                            ? com.google.re2j.Pattern.compile(
                                    regex,
                                    ignoreCase ? com.google.re2j.Pattern.CASE_INSENSITIVE : 0)
                            : null);
        } catch (PatternSyntaxException e) {
            return new Pattern(null);
        }
    }

    /** {@code search}, {@code match} or {@code fullmatch}: a match object or None. */
    Object call(String method, List<Object> arguments) {
        com.google.re2j.Pattern regex = compiled;
        if (regex != null && arguments.size() == 1 && isNoText(arguments.get(0))) {
            throw Raised.TYPE_ERROR;
        }
        boolean plain =
                arguments.size() == 1
                        && arguments.get(0) instanceof String text
                        && PythonValues.isAscii(text)
                        && text.indexOf('\n') < 0;
        if (regex == null || !plain) {
            throw Unsure.UNSURE;
        }
        var matcher = regex.matcher((String) arguments.get(0));
        if (method.equals("findall")) {
            return findAll(matcher);
        }
        boolean matches =
                switch (method) {
                    case "search" -> matcher.find();
                    case "match" -> matcher.lookingAt();
                    case "fullmatch" -> matcher.matches();
                    default -> throw Unsure.UNSURE;
                };
        return matches ? MATCH : Special.NONE;
    }

    private static boolean isNoText(Object value) {
        return value == Special.NONE || value instanceof Number || value instanceof Mapping;
    }

    /** All matches, where they have no groups and none is empty. */
    private static Items findAll(Matcher matcher) {
        if (matcher.groupCount() > 0) {
            throw Unsure.UNSURE;
        }
        List<Object> found = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.start() == matcher.end()) {
                throw Unsure.UNSURE;
            }
            found.add(matcher.group());
        }
        return Items.list(found);
    }
}
