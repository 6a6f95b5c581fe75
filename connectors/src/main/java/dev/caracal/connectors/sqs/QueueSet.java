package dev.caracal.connectors.sqs;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/**
 * The queues that a source polls, which may come and go while it runs. A queue has a note for those
 * downstream, carried with its messages untouched.
 */
@FunctionalInterface
public interface QueueSet extends Serializable {

    /**
     * Starts to follow the set; called once by every reader.
     *
     * @throws IOException if it cannot be known
     */
    Following follow() throws IOException;

    /** The set as one reader sees it. */
    interface Following extends AutoCloseable {

        /** The notes by the URLs of the queues; cheap to call again and again. */
        Map<String, String> current();

        @Override
        void close();
    }
}
