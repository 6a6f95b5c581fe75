package dev.caracal.connectors.files;

import dev.caracal.connectors.files.PendingUpload.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes uploads into checkpoints: bucket, key, upload id, then number and ETag of each part. */
final class PendingUploadSerializer implements SimpleVersionedSerializer<PendingUpload> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PendingUpload upload) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(upload.bucket());
        out.writeUTF(upload.key());
        out.writeUTF(upload.uploadId());
        out.writeInt(upload.parts().size());
        for (Part part : upload.parts()) {
            out.writeInt(part.number());
            out.writeUTF(part.eTag());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public PendingUpload deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("State version is " + version + ", expected " + VERSION);
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String bucket = in.readUTF();
        String key = in.readUTF();
        String uploadId = in.readUTF();
        List<Part> parts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            parts.add(new Part(in.readInt(), in.readUTF()));
        }
        return new PendingUpload(bucket, key, uploadId, parts);
    }
}
