package dev.caracal.connectors.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The control location as the source's only split.
 *
 * @param emitted version of the snapshot that was emitted last; empty if none was
 */
record ControlSplit(String emitted) implements SourceSplit {

    ControlSplit {
        Objects.requireNonNull(emitted, "emitted is null");
    }

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
            return split.emitted().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public ControlSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1) {
                throw new IOException("State of the control source has version " + version);
            }
            return new ControlSplit(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
