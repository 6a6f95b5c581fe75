package dev.caracal.job.alert;

import dev.caracal.job.output.AlertLines;
import dev.caracal.rules.Alert;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Files of alert lines that appear with their checkpoint, as those of the job do, in memory. */
final class ExactlyOnceLines implements Sink<Alert>, SupportsCommitter<String> {

    private static final long serialVersionUID = 1L;

    /** By name; a static, since the job runs in this JVM. */
    private static final Map<String, List<String>> FILES = new ConcurrentHashMap<>();

    static void clear() {
        FILES.clear();
    }

    static List<String> lines() {
        return FILES.values().stream().flatMap(List::stream).sorted().toList();
    }

    @Override
    public SinkWriter<Alert> createWriter(WriterInitContext context) {
        return new Writer();
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
        return new FileCommitter();
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
        return new TextSerializer();
    }

    private static final class Writer implements CommittingSinkWriter<Alert, String> {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void write(Alert alert, Context context) {
            lines.add(new String(new AlertLines().line(alert), StandardCharsets.UTF_8));
        }

        @Override
        public void flush(boolean endOfInput) {}

        /** The file's name and its lines. */
        @Override
        public Collection<String> prepareCommit() {
            if (lines.isEmpty()) {
                return List.of();
            }
            String file = UUID.randomUUID() + "\n" + String.join("\n", lines);
            lines.clear();
            return List.of(file);
        }

        @Override
        public void close() {}
    }

    private static final class FileCommitter implements Committer<String> {

        @Override
        public void commit(Collection<CommitRequest<String>> requests) {
            for (CommitRequest<String> request : requests) {
                List<String> file = request.getCommittable().lines().toList();
                FILES.put(file.get(0), file.subList(1, file.size()));
            }
        }

        @Override
        public void close() {}
    }

    private static final class TextSerializer implements SimpleVersionedSerializer<String> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(int version, byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
