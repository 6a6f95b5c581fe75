package dev.caracal.connectors.sns;

import java.io.Serializable;
import java.util.List;

/** The one call that the sink makes to its topic; the network boundary. */
interface SnsTopic extends AutoCloseable {

    /**
     * Publishes up to 10 messages of up to 256 KiB together; blocks.
     *
     * @return those that failed; the SDK's exceptions mean that the whole call did
     */
    List<Failure> publish(List<SnsEntry> entries);

    @Override
    void close();

    /**
     * One message of a batch that failed.
     *
     * @param index in the batch
     * @param senderFault whether SNS blames the message
     */
    record Failure(int index, String code, String detail, boolean senderFault) {}

    /** Connects to the topic; used once by every writer. */
    interface Connector extends Serializable {

        SnsTopic connect();
    }
}
