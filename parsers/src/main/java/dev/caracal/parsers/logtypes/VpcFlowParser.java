package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.RowSplitter;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.format.TextRecords;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * AWS.VPCFlow: blank-separated columns, named by the header line that AWS writes at the top of each
 * object, in any order and with whatever columns the flow log's format has.
 *
 * <p>A column that the schema has no field for is kept as text. A field that the schema requires
 * must have a value wherever the format has its column.
 */
public final class VpcFlowParser implements RecordParser {

    private static final byte[] UNKNOWN = "unknown".getBytes(StandardCharsets.US_ASCII);

    private final TextEvent event;
    private final RowSplitter row = new RowSplitter(' ');
    private final VpcFlowHeader.Reader headers;

    private byte[] headerBytes = new byte[0];
    private VpcFlowHeader header = VpcFlowHeader.NONE;

    public VpcFlowParser(Schema schema, EventBuilder builder) {
        this.event = TextEvent.lenient(schema, builder);
        this.headers = new VpcFlowHeader.Reader(event);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        TextRecords.refuseJson(buffer, offset, length);
        byte[] newHeader = context.header();
        if (newHeader != headerBytes && !Arrays.equals(newHeader, headerBytes)) {
            header = headers.read(newHeader);
        }
        headerBytes = newHeader;
        header.check();
        if (Arrays.equals(newHeader, 0, newHeader.length, buffer, offset, offset + length)) {
            return;
        }
        row.split(buffer, offset, length);
        if (row.count() != header.count()) {
            throw new MismatchException(
                    "expected "
                            + header.count()
                            + " columns as in the header, found "
                            + row.count());
        }
        event.begin();
        for (int i = 0; i < row.count(); i++) {
            column(i);
        }
        event.end(context);
    }

    private void column(int index) throws MismatchException {
        byte[] bytes = row.bytes(index);
        int offset = row.offset(index);
        int length = row.length(index);
        Member member = header.member(index);
        if (TextRecords.isAbsent(bytes, offset, length)) {
            if (header.isRequired(index)) {
                throw new MismatchException(header.name(index) + ": is required and missing");
            }
            return;
        }
        if (member == null) {
            event.writeOther(header.name(index), bytes, offset, length);
        } else if (!header.isAccount(index) || !isUnknown(bytes, offset, length)) {
            event.write(member, bytes, offset, length);
        }
    }

    private static boolean isUnknown(byte[] bytes, int offset, int length) {
        return Arrays.equals(UNKNOWN, 0, UNKNOWN.length, bytes, offset, offset + length);
    }
}
