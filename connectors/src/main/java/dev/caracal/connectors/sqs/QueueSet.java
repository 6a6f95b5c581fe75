package dev.caracal.connectors.sqs;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
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
     * @param remembered the memories that readers had at the checkpoint that the job goes on from;
     *     often one, none in a new job
     * @throws IOException if it cannot be known
     */
    Following follow(List<String> remembered) throws IOException;

    /** The set as one reader sees it. */
    interface Following extends AutoCloseable {

        /** The notes by the URLs of the queues; cheap to call again and again. */
        Map<String, String> current();

        /** What is to be known again after a restart; cheap to call at every checkpoint. */
        String memory();

        @Override
        void close();
    }
}
