package dev.caracal.parsers.format;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.json.Utf8;
import dev.caracal.parsers.schema.ParserSpec;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Records that are text in which a regular expression finds the fields, as a schema's {@code regex}
 * parser describes them.
 *
 * <p>RE2 takes time in proportion to the record's length and the pattern's size, and their product
 * is bounded here. It works on the bytes: making strings of records and bytes of groups takes some
 * 10 percent longer and leaves more garbage.
 */
public final class RegexRecordParser implements RecordParser {

    /** A few seconds at worst. */
    private static final long MAX_STEPS = 500_000_000;

    private final TextRows rows;
    private final TextRow row;
    private final Matcher matcher;
    private final int[] groups;
    private final long maxLength;

    public RegexRecordParser(ParserSpec.Regex spec, Schema schema, EventBuilder builder) {
        Pattern pattern = Pattern.compile(spec.pattern());
        List<Map.Entry<String, Integer>> fields = new ArrayList<>(pattern.namedGroups().entrySet());
        fields.sort(Map.Entry.comparingByValue());
        this.rows = new TextRows(spec.options(), schema, builder);
        this.row = rows.row(fields.stream().map(Map.Entry::getKey).toList());
        this.groups = fields.stream().mapToInt(Map.Entry::getValue).toArray();
        this.matcher = pattern.matcher(new byte[0]);
        this.maxLength = MAX_STEPS / pattern.programSize();
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        if (rows.skips(buffer, offset, length, context)) {
            return;
        }
        if (length > maxLength) {
            throw new MismatchException(
                    "expected at most " + maxLength + " bytes for this pattern, found " + length);
        }
        byte[] text = text(buffer, offset, length);
        matcher.reset(text);
        if (!matcher.find()) {
            throw new MismatchException("does not match the pattern");
        }
        row.clear();
        for (int field = 0; field < groups.length; field++) {
            int start = matcher.start(groups[field]);
            if (start >= 0) {
                row.set(field, text, start, matcher.end(groups[field]) - start);
            }
        }
        rows.write(row, context);
    }

    /** The record as UTF-8: RE2/J takes any other byte for the end of the text. */
    private static byte[] text(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int p = offset;
        while (p < end) {
            int sequence = buffer[p] >= 0 ? 1 : Utf8.sequence(buffer, p, end);
            if (sequence == 0) {
                String replaced = new String(buffer, offset, length, StandardCharsets.UTF_8);
                return replaced.getBytes(StandardCharsets.UTF_8);
            }
            p += sequence;
        }
        return Arrays.copyOfRange(buffer, offset, end);
    }
}
