package dev.caracal.connectors.sns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/** Writes buffered messages into checkpoints: body, subject, attributes, each with its length. */
final class SnsEntrySerializer extends AsyncSinkWriterStateSerializer<SnsEntry> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    protected void serializeRequestToStream(SnsEntry entry, DataOutputStream out)
            throws IOException {
        SnsMessage message = entry.message();
        write(out, message.body());
        write(out, message.subject());
        out.writeInt(message.attributes().size());
        for (var attribute : message.attributes().entrySet()) {
            write(out, attribute.getKey());
            write(out, attribute.getValue());
        }
    }

    @Override
    protected SnsEntry deserializeRequestFromStream(long size, DataInputStream in)
            throws IOException {
        String body = read(in);
        String subject = read(in);
        Map<String, String> attributes = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            attributes.put(read(in), read(in));
        }
        return SnsEntry.of(new SnsMessage(body, subject, attributes));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
