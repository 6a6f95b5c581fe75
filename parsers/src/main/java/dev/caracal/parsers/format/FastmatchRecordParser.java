package dev.caracal.parsers.format;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.ParserSpec;
import dev.caracal.parsers.schema.Schema;
import java.util.List;

/**
 * Records that are text with fixed parts between its fields, as a schema's {@code fastmatch} parser
 * describes them.
 */
public final class FastmatchRecordParser implements RecordParser {

    private final TextRows rows;
    private final List<FastmatchMatcher> matchers;

    public FastmatchRecordParser(ParserSpec.Fastmatch spec, Schema schema, EventBuilder builder) {
        this.rows = new TextRows(spec.options(), schema, builder);
        this.matchers =
                spec.patterns().stream()
                        .map(pattern -> new FastmatchMatcher(pattern, rows))
                        .toList();
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        if (rows.skips(buffer, offset, length, context)) {
            return;
        }
        for (FastmatchMatcher matcher : matchers) {
            if (matcher.matches(buffer, offset, length)) {
                rows.write(matcher.row(), context);
                return;
            }
        }
        throw new MismatchException(
                matchers.size() == 1
                        ? "expected " + matchers.get(0).missing()
                        : "matches none of " + matchers.size() + " patterns");
    }
}
