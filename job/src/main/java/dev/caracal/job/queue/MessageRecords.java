package dev.caracal.job.queue;

import dev.caracal.connectors.s3.RecordBatch;
import dev.caracal.connectors.sqs.SqsMessage;
import dev.caracal.parsers.stream.LogStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Gathers the records of one message into batches; a rejected one ends the batch before it. */
final class MessageRecords {

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final SqsMessage message;
    private final String lane;
    private final String route;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private byte[] header = new byte[0];
    private int[] ends = new int[1];
    private int size;
    private long firstIndex;

    MessageRecords(SqsMessage message, String lane, String route) {
        this.message = message;
        this.lane = lane;
        this.route = route;
    }

    /** The message for people, and its identity over all its deliveries. */
    static String id(SqsMessage message) {
        return message.queueUrl() + '#' + message.messageId();
    }

    void add(LogStream stream) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        data.write(stream.buffer(), stream.offset(), stream.length());
        ends[size++] = data.size();
        if (nextIndex() == 1) {
            header = Arrays.copyOf(data.toByteArray(), Math.min(data.size(), MAX_HEADER_BYTES));
        }
    }

    /** Position of the record that comes next. */
    long nextIndex() {
        return firstIndex + size;
    }

    /** The records since the last batch. */
    RecordBatch batch(boolean last) {
        return new RecordBatch(
                lane,
                route,
                id(message),
                id(message),
                header,
                firstIndex,
                data.toByteArray(),
                Arrays.copyOf(ends, size),
                last,
                message.sentTimeMillis());
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Begins the next batch behind a record that was rejected. */
    void skip() {
        firstIndex = nextIndex() + 1;
        size = 0;
        data.reset();
    }
}
