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
        if (row.count() != header.columns().size()) {
            throw new MismatchException(
                    "expected "
                            + header.columns().size()
                            + " columns as in the header, found "
                            + row.count());
        }
        event.begin();
        for (int i = 0; i < row.count(); i++) {
            column(header.columns().get(i), row.bytes(i), row.offset(i), row.length(i));
        }
        event.end(context);
    }

    private void column(VpcFlowHeader.Column column, byte[] bytes, int offset, int length)
            throws MismatchException {
        if (TextRecords.isAbsent(bytes, offset, length)) {
            if (column.required()) {
                throw new MismatchException(column.name() + ": is required and missing");
            }
            return;
        }
        Member member = column.member();
        if (member == null) {
            event.writeOther(column.name(), bytes, offset, length);
        } else if (!column.isAccount() || !isUnknown(bytes, offset, length)) {
            event.write(member, bytes, offset, length);
        }
    }

    private static boolean isUnknown(byte[] bytes, int offset, int length) {
        return Arrays.equals(UNKNOWN, 0, UNKNOWN.length, bytes, offset, offset + length);
    }
}
