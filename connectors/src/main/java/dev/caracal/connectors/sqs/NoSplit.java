package dev.caracal.connectors.sqs;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Stands where Flink wants a split or an enumerator's state: a queue has neither. */
enum NoSplit implements SourceSplit {
    NONE;

    @Override
    public String splitId() {
        return name();
    }

    static final class Serializer implements SimpleVersionedSerializer<NoSplit> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(NoSplit split) {
            return new byte[0];
        }

        @Override
        public NoSplit deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("State version is " + version + ", expected " + VERSION);
            }
            return NONE;
        }
    }
}
