package dev.caracal.connectors.files;

import java.io.Serializable;

/**
 * The calls that the sink makes to its bucket; the network boundary.
 *
 * <p>Calls block, are safe for use by several threads, and throw the SDK's exceptions when they
 * fail.
 */
interface MultipartStore extends AutoCloseable {

    /** Begins an upload and returns its id. */
    String create(String key);

    /**
     * Uploads one part and returns its ETag.
     *
     * @param number from 1
     * @param bytes at least 5 MiB unless the part is the last one
     */
    String uploadPart(String key, String uploadId, int number, byte[] bytes);

    /** Makes the object visible; an upload that is already completed may be unknown. */
    void complete(PendingUpload upload);

    void abort(String key, String uploadId);

    boolean exists(String key);

    @Override
    void close();

    /** Connects to the bucket; used once by every writer and every committer. */
    interface Connector extends Serializable {

        MultipartStore connect();
    }
}
