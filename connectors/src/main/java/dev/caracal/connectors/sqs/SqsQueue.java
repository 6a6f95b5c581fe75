package dev.caracal.connectors.sqs;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The calls that a reader makes to its queue; the network boundary.
 *
 * <p>Calls block, are safe for use by several threads, and throw the SDK's exceptions when they
 * fail as a whole.
 */
interface SqsQueue extends AutoCloseable {

    /** SQS takes and gives no more messages in one call. */
    int MAX_BATCH = 10;

    /** Polls for up to {@code maxMessages} messages, for as long as the settings' wait time. */
    List<ReceivedMessage> receive(int maxMessages);

    /**
     * Deletes up to {@link #MAX_BATCH} messages.
     *
     * @return those that failed
     */
    List<Failure> delete(List<String> receiptHandles);

    /**
     * Hides up to {@link #MAX_BATCH} messages for a time from now; 0 shows them again.
     *
     * @return those that failed
     */
    List<Failure> changeVisibility(List<String> receiptHandles, Duration visibilityTimeout);

    @Override
    void close();

    /** A message with the handle of this delivery. */
    record ReceivedMessage(String receiptHandle, SqsMessage message) {}

    /**
     * One message of a batch that failed.
     *
     * @param gone whether the handle no longer stands for a hidden message, so that trying again is
     *     of no use
     */
    record Failure(String receiptHandle, String code, boolean gone) {}

    /** Connects to the queue; used once by every reader. */
    interface Connector extends Serializable {

        SqsQueue connect(SqsSourceSettings settings);
    }
}
