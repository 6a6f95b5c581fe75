package dev.caracal.parsers.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the regular expression of a schema: replaces {@code %{NAME}} and {@code %{NAME:field}} by
 * the pattern of that name, and checks what comes of it.
 */
final class RegexReader {

    private static final int MAX_LENGTH = 64 << 10;

    /** {@code %{NAME}} or {@code %{NAME:field}}. */
    private static final Pattern REFERENCE = Pattern.compile("%\\{([^}:]*)(?::([^}]*))?\\}");

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, YamlValue> definitions;
    private final Deque<String> expanding = new ArrayDeque<>();

    RegexReader(@Nullable YamlValue patternDefinitions) throws SchemaException {
        definitions =
                patternDefinitions == null
                        ? new LinkedHashMap<>()
                        : patternDefinitions.anyMembers();
        for (Map.Entry<String, YamlValue> definition : definitions.entrySet()) {
            check(definition.getKey(), definition.getValue());
        }
    }

    private void check(String name, YamlValue value) throws SchemaException {
        if (!NAME.matches(name)) {
            throw value.wrong("expected a pattern's name in capitals, found '" + name + "'");
        }
        if (PatternLibrary.find(name) != null) {
            throw value.wrong("pattern " + name + " is built in, choose another name");
        }
        compile(value, name, expand(value, name, value.string()));
    }

    /** The parts of {@code match} as one pattern in RE2 syntax. */
    String match(YamlValue value) throws SchemaException {
        String pattern = expand(value, "match", String.join("", value.strings()));
        if (compile(value, "match", pattern).namedGroups().isEmpty()) {
            throw value.wrong("pattern match: expected a field such as %{WORD:name}, found none");
        }
        return pattern;
    }

    private static Pattern compile(YamlValue value, String name, String pattern)
            throws SchemaException {
        try {
            PatternSize.check(pattern);
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw value.wrong("pattern " + name + ": " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw value.wrong("pattern " + name + ": " + e.getMessage());
        }
    }

    private String expand(YamlValue value, String name, String pattern) throws SchemaException {
        if (expanding.contains(name)) {
            throw value.wrong("pattern " + name + " refers to itself");
        }
        expanding.push(name);
        var reference = REFERENCE.matcher(pattern);
        StringBuilder expanded = new StringBuilder();
        int position = 0;
        while (reference.find()) {
            expanded.append(pattern, position, reference.start());
            String field = reference.group(2);
            expanded.append(field == null ? "(?:" : group(value, name, field));
            expanded.append(referenced(value, name, reference.group(1))).append(')');
            position = reference.end();
            checkLength(value, name, expanded.length());
        }
        expanded.append(pattern, position, pattern.length());
        checkLength(value, name, expanded.length());
        expanding.pop();
        return expanded.toString();
    }

    private static String group(YamlValue value, String name, String field) throws SchemaException {
        if (!FIELD.matches(field)) {
            throw value.wrong(
                    "pattern "
                            + name
                            + ": expected letters, digits and _ for a field's name, found '"
                            + field
                            + "'");
        }
        return "(?P<" + field + ">";
    }

    private String referenced(YamlValue value, String name, String wanted) throws SchemaException {
        YamlValue definition = definitions.get(wanted);
        if (definition != null) {
            return expand(definition, wanted, definition.string());
        }
        String builtin = PatternLibrary.find(wanted);
        if (builtin == null) {
            throw value.wrong("pattern " + name + ": there is no pattern '" + wanted + "'");
        }
        return expand(value, wanted, builtin);
    }

    /** Definitions that name others several times would grow without a bound. */
    private static void checkLength(YamlValue value, String name, int length)
            throws SchemaException {
        if (length > MAX_LENGTH) {
            throw value.wrong(
                    "pattern " + name + " is longer than " + MAX_LENGTH + " with all it names");
        }
    }
}
