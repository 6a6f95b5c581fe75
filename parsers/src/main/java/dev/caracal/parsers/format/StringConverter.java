package dev.caracal.parsers.format;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldType;

/** Text, kept as it is. */
final class StringConverter extends ValueConverter {

    private final Scanner[] scanners;
    private final TextValidator validator;

    StringConverter(FieldType.StringType type, EventBuilder builder) {
        super(builder);
        this.scanners = type.indicators().toArray(new Scanner[0]);
        this.validator = new TextValidator(type.validation());
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        boolean quoted = cursor.peek() == '"';
        readScalar(cursor, "text");
        int start = cursor.tokenStart();
        int length = cursor.tokenEnd() - start;
        JsonOutput out = builder.out();
        if (quoted) {
            int mark = out.length();
            out.raw(cursor.bytes(), start - 1, length + 2);
            if (cursor.loneSurrogate()) {
                out.replaceLoneSurrogates(mark);
            }
        } else {
            out.raw('"');
            out.raw(cursor.bytes(), start, length);
            out.raw('"');
        }
        if (scanners.length > 0 || validator.isActive()) {
            JsonText text = cursor.text();
            check(text.bytes(), text.offset(), text.length());
        }
        return true;
    }

    @Override
    boolean text(byte[] bytes, int offset, int length) throws MismatchException {
        builder.out().string(bytes, offset, length);
        check(bytes, offset, length);
        return true;
    }

    private void check(byte[] bytes, int offset, int length) throws MismatchException {
        validator.check(bytes, offset, length);
        for (Scanner scanner : scanners) {
            scanner.scan(bytes, offset, length, builder.indicators());
        }
    }
}
