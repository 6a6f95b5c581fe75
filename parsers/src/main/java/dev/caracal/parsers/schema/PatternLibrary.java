package dev.caracal.parsers.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The patterns that a regular expression of a schema can name, from {@code patterns.txt}. */
final class PatternLibrary {

    private static final Map<String, String> PATTERNS = load();

    private PatternLibrary() {}

    static @Nullable String find(String name) {
        return PATTERNS.get(name);
    }

    static Iterable<String> names() {
        return PATTERNS.keySet();
    }

    private static Map<String, String> load() {
        Map<String, String> patterns = new TreeMap<>();
        try (InputStream content = PatternLibrary.class.getResourceAsStream("patterns.txt")) {
            Objects.requireNonNull(content, "patterns.txt is not on the class path");
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(
                            line -> {
                                int blank = line.indexOf(' ');
                                patterns.put(line.substring(0, blank), line.substring(blank + 1));
                            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read patterns.txt", e);
        }
        return Collections.unmodifiableMap(patterns);
    }
}
