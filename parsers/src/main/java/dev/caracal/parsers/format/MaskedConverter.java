package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Mask;
import dev.caracal.parsers.schema.Validation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text that is checked, and then hashed or replaced. */
final class MaskedConverter extends ValueConverter {

    private final Mask mask;
    private final TextValidator validator;
    private final MessageDigest sha256 = sha256();

    MaskedConverter(Mask mask, Validation validation, EventBuilder builder) {
        super(builder);
        this.mask = mask;
        this.validator = new TextValidator(validation);
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        readScalar(cursor, "text");
        JsonText text = cursor.text();
        return text(text.bytes(), text.offset(), text.length());
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        validator.check(bytes, offset, length);
        if (mask instanceof Mask.Redact redact) {
            builder.out().string(redact.to());
        } else if (mask instanceof Mask.Sha256 hash) {
            sha256.update(hash.salt().getBytes(StandardCharsets.UTF_8));
            sha256.update(bytes, offset, length);
            builder.out().string(HexFormat.of().formatHex(sha256.digest()));
        }
        return true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
