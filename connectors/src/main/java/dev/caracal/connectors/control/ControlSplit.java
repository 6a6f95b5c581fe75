package dev.caracal.connectors.control;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The control location as the source's only split. */
record ControlSplit() implements SourceSplit {

    @Override
    public String splitId() {
        return "control";
    }

    /** Writes the split into checkpoints. */
    static final class Serializer implements SimpleVersionedSerializer<ControlSplit> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(ControlSplit split) {
            return new byte[0];
        }

        @Override
        public ControlSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1) {
                throw new IOException("State of the control source has version " + version);
            }
            return new ControlSplit();
        }
    }
}
