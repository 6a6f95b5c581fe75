package dev.caracal.connectors.sns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A topic in memory that fails on demand. */
final class FakeSnsTopic implements SnsTopic {

    static final Map<String, FakeSnsTopic> BY_ARN = new ConcurrentHashMap<>();

    final Queue<SnsMessage> published = new ConcurrentLinkedQueue<>();
    final Queue<List<SnsEntry>> batches = new ConcurrentLinkedQueue<>();

    /** Each is thrown by one call. */
    final Queue<RuntimeException> callFailures = new ConcurrentLinkedQueue<>();

    /** Failures by body of the message that fails once. */
    final Map<String, Failure> messageFailures = new ConcurrentHashMap<>();

    @Override
    public List<Failure> publish(List<SnsEntry> entries) {
        batches.add(entries);
        RuntimeException thrown = callFailures.poll();
        if (thrown != null) {
            throw thrown;
        }
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            SnsMessage message = entries.get(i).message();
            Failure failure = messageFailures.remove(message.body());
            if (failure == null) {
                published.add(message);
            } else {
                failures.add(
                        new Failure(i, failure.code(), failure.detail(), failure.senderFault()));
            }
        }
        return failures;
    }

    @Override
    public void close() {}
}
