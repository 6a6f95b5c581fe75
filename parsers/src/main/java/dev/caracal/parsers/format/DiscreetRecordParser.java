package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;

/**
 * A parser whose mismatches do not show what was found. A schema that masks a field has one: in a
 * record that is not as it should be, the text may stand where any other value was expected.
 */
public record DiscreetRecordParser(RecordParser parser) implements RecordParser {

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        try {
            parser.parse(buffer, offset, length, context);
        } catch (MismatchException e) {
            throw e.withoutValue();
        }
    }
}
