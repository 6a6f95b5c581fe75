package dev.caracal.connectors.s3;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;

/** Writes {@link ObjectProgress} into checkpoints and savepoints. */
final class ObjectProgressSerializer implements SimpleVersionedSerializer<ObjectProgress> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ObjectProgress progress) throws IOException {
        S3Object object = progress.object();
        DataOutputSerializer out = new DataOutputSerializer(256);
        StringValue.writeString(object.ref().bucket(), out);
        StringValue.writeString(object.ref().key(), out);
        StringValue.writeString(object.ref().versionId(), out);
        StringValue.writeString(object.ref().eTag(), out);
        out.writeLong(object.ref().size());
        StringValue.writeString(object.roleArn(), out);
        StringValue.writeString(object.externalId(), out);
        StringValue.writeString(object.logStream(), out);
        StringValue.writeString(object.sourceId(), out);
        StringValue.writeString(object.lane(), out);
        StringValue.writeString(object.route(), out);
        out.writeLong(object.createdTimeMillis());
        out.writeBoolean(progress.opened());
        out.writeLong(progress.emitted());
        return out.getCopyOfBuffer();
    }

    @Override
    public ObjectProgress deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "State of the S3 object reader has version "
                            + version
                            + ", expected "
                            + VERSION);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        S3ObjectRef ref =
                new S3ObjectRef(
                        StringValue.readString(in),
                        StringValue.readString(in),
                        StringValue.readString(in),
                        StringValue.readString(in),
                        in.readLong());
        S3Object object =
                new S3Object(
                        ref,
                        StringValue.readString(in),
                        StringValue.readString(in),
                        StringValue.readString(in),
                        StringValue.readString(in),
                        StringValue.readString(in),
                        StringValue.readString(in),
                        in.readLong());
        return new ObjectProgress(object, in.readBoolean(), in.readLong());
    }
}
