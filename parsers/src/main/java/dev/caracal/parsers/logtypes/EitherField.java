package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.json.MismatchException;

/** The demand that a record has one of two fields, where the vendor writes the one or the other. */
final class EitherField {

    private EitherField() {}

    static void require(JsonRecordParser parser, String first, String second) {
        ObjectFields record = parser.fields();
        Member firstField = record.field(first);
        Member secondField = record.field(second);
        record.onRead(
                () -> {
                    if (!record.has(firstField) && !record.has(secondField)) {
                        throw new MismatchException(
                                first + ": is required and missing, and so is " + second);
                    }
                });
    }
}
