package dev.caracal.parsers.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The way to a value in an object, such as {@code user.address.0.street}: keys, and numbers from 0
 * for elements of lists. A dot in a key is written {@code \.}.
 */
public record FieldPath(List<String> keys) {

    private static final int MAX_KEYS = 64;

    public FieldPath {
        keys = List.copyOf(keys);
    }

    public String head() {
        return keys.get(0);
    }

    /** Without its first key. */
    public FieldPath tail() {
        return new FieldPath(keys.subList(1, keys.size()));
    }

    /** With another first key. */
    public FieldPath withHead(String key) {
        return tail().after(new FieldPath(List.of(key)));
    }

    /** This path from where another leads to. */
    public FieldPath after(FieldPath before) {
        List<String> all = new ArrayList<>(before.keys);
        all.addAll(keys);
        return new FieldPath(all);
    }

    @Override
    public String toString() {
        return keys.stream().map(key -> key.replace(".", "\\.")).collect(Collectors.joining("."));
    }

    static FieldPath read(YamlValue value) throws SchemaException {
        String text = value.string();
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && text.startsWith(".", i + 1)) {
                key.append(text.charAt(++i));
            } else if (c == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        if (keys.contains("") || keys.size() > MAX_KEYS) {
            throw value.wrong(
                    "expected a path of 1 to "
                            + MAX_KEYS
                            + " keys such as user.name, found '"
                            + YamlValue.shorten(text)
                            + "'");
        }
        return new FieldPath(keys);
    }
}
