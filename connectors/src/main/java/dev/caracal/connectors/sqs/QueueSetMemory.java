package dev.caracal.connectors.sqs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What a {@link QueueSet} wants to know again after a restart. It stands where Flink keeps the
 * splits of a reader.
 */
record QueueSetMemory(String text) implements SourceSplit {

    QueueSetMemory {
        Objects.requireNonNull(text, "text is null");
    }

    @Override
    public String splitId() {
        return "queue-set-memory";
    }

    static final class Serializer implements SimpleVersionedSerializer<QueueSetMemory> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(QueueSetMemory memory) {
            return memory.text().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public QueueSetMemory deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("State version is " + version + ", expected " + VERSION);
            }
            return new QueueSetMemory(new String(serialized, StandardCharsets.UTF_8));
        }
    }
}
