package dev.caracal.parsers.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in events instead of a text that nobody is to read. */
public sealed interface Mask {

    /** The SHA-256 hash, in hex, of salt and text: equal texts stay recognisable as equal. */
    record Sha256(String salt) implements Mask {}

    /** The same text for all. */
    record Redact(String to) implements Mask {}

    static @Nullable Mask read(@Nullable YamlValue value) throws SchemaException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> members = value.members("type", "salt", "to");
        YamlValue type = value.required(members, "type");
        boolean redacts = type.string().equals("redact");
        if (!redacts && !type.string().equals("sha256")) {
            throw type.wrong("expected sha256 or redact for type, found '" + type.string() + "'");
        }
        YamlValue foreign = members.get(redacts ? "salt" : "to");
        if (foreign != null) {
            throw foreign.wrong(
                    "'" + foreign.path() + "' does not go with mask type " + type.string());
        }
        return redacts
                ? new Redact(YamlValue.optional(members, "to", "REDACTED"))
                : new Sha256(YamlValue.optional(members, "salt", ""));
    }
}
