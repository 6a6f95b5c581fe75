package dev.caracal.rules.candidate;

import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression, of which only whether it matches is reproduced, and only on ASCII
 * text of one line: there RE2 and Python agree on what RE2 takes.
 */
record Pattern(com.google.re2j.@Nullable Pattern compiled) {

    /** A match object, which is true. */
    static final Object MATCH = new Object();

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
        boolean plain =
                arguments.size() == 1
                        && arguments.get(0) instanceof String text
                        && PythonValues.isAscii(text)
                        && text.indexOf('\n') < 0;
        if (regex == null || !plain) {
            throw Unsure.UNSURE;
        }
        var matcher = regex.matcher((String) arguments.get(0));
        boolean matches =
                switch (method) {
                    case "search" -> matcher.find();
                    case "match" -> matcher.lookingAt();
                    case "fullmatch" -> matcher.matches();
                    default -> throw Unsure.UNSURE;
                };
        return matches ? MATCH : Special.NONE;
    }
}
