package dev.caracal.parsers.schema;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Field names as they stand in events: column names that the data lake's query engines allow.
 *
 * <p>Letters, digits, {@code _} and {@code -} are kept; some signs become words, with a {@code _}
 * before them unless they come first and after them unless they come last ({@code @type} is {@code
 * at_sign_type}); letters lose their accents; anything else becomes {@code _} ({@code meta.user} is
 * {@code meta_user}).
 */
public final class ColumnName {

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry((int) '@', "at_sign"),
                    Map.entry((int) ',', "comma"),
                    Map.entry((int) '`', "backtick"),
                    Map.entry((int) '\'', "apostrophe"),
                    Map.entry((int) '$', "dollar_sign"),
                    Map.entry((int) '*', "asterisk"),
                    Map.entry((int) '&', "ampersand"),
                    Map.entry((int) '!', "exclamation"),
                    Map.entry((int) '%', "percent"),
                    Map.entry((int) '+', "plus"),
                    Map.entry((int) '/', "slash"),
                    Map.entry((int) '\\', "backslash"),
                    Map.entry((int) '#', "hash"),
                    Map.entry((int) '~', "tilde"),
                    Map.entry((int) '=', "eq"));

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private ColumnName() {}

    public static String of(String name) {
        if (isPlain(name)) {
            return name;
        }
        String base = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        StringBuilder result = new StringBuilder(base.length() + 16);
        int length = base.length();
        for (int i = 0; i < length; i += Character.charCount(base.codePointAt(i))) {
            int c = base.codePointAt(i);
            String word = WORDS.get(c);
            if (word == null) {
                result.append(isPlain(c) ? (char) c : '_');
                continue;
            }
            result.append(i > 0 ? "_" : "").append(word).append(i < length - 1 ? "_" : "");
        }
        return result.toString();
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(ColumnName::isPlain);
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }
}
