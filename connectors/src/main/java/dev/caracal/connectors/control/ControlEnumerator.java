package dev.caracal.connectors.control;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Gives the one split to the first reader; its state is the split while no reader has it. */
final class ControlEnumerator implements SplitEnumerator<ControlSplit, List<ControlSplit>> {

    private final SplitEnumeratorContext<ControlSplit> context;
    private @Nullable ControlSplit unassigned;

    ControlEnumerator(
            SplitEnumeratorContext<ControlSplit> context, @Nullable ControlSplit unassigned) {
        this.context = context;
        this.unassigned = unassigned;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<ControlSplit> splits, int subtask) {
        for (ControlSplit split : splits) {
            unassigned = split;
        }
    }

    @Override
    public void addReader(int subtask) {
        if (unassigned != null) {
            context.assignSplit(unassigned, subtask);
            unassigned = null;
        }
    }

    @Override
    public List<ControlSplit> snapshotState(long checkpointId) {
        return unassigned == null ? List.of() : List.of(unassigned);
    }

    @Override
    public void close() {}

    /** Writes the enumerator's state into checkpoints. */
    static final class Serializer implements SimpleVersionedSerializer<List<ControlSplit>> {

        private final ControlSplit.Serializer splits = new ControlSplit.Serializer();

        @Override
        public int getVersion() {
            return splits.getVersion();
        }

        @Override
        public byte[] serialize(List<ControlSplit> unassigned) {
            if (unassigned.isEmpty()) {
                return new byte[] {0};
            }
            byte[] split = splits.serialize(unassigned.get(0));
            byte[] bytes = new byte[split.length + 1];
            bytes[0] = 1;
            System.arraycopy(split, 0, bytes, 1, split.length);
            return bytes;
        }

        @Override
        public List<ControlSplit> deserialize(int version, byte[] bytes) throws IOException {
            if (bytes[0] == 0) {
                return List.of();
            }
            byte[] split = Arrays.copyOfRange(bytes, 1, bytes.length);
            return List.of(splits.deserialize(version, split));
        }
    }
}
