package dev.caracal.connectors.s3;

import java.util.Objects;

/**
 * Consecutive raw records of one object.
 *
 * <p>Record {@code i} of the batch is the bytes of {@code data} from {@code ends[i - 1]} (0 for the
 * first) up to {@code ends[i]}, and its position in the object is {@code firstIndex + i}. The
 * batches of an object come in order. A record that became a dead letter in the reader ends the
 * batch before it and leaves a gap in the positions.
 *
 * @param lane key of the parsing stage
 * @param route as in {@link S3Object#route}
 * @param objectId {@link S3ObjectRef#identity} of the version that was really read
 * @param object the object for people: {@code s3://bucket/key}
 * @param header the object's first record, which names the columns of delimited log types; cut to
 *     64 KiB
 * @param firstIndex position in the object of the batch's first record, from 0
 * @param last whether the object ends with this batch
 * @param createdTimeMillis when S3 stored the object, in milliseconds since the epoch; 0 if unknown
 */
public record RecordBatch(
        String lane,
        String route,
        String objectId,
        String object,
        byte[] header,
        long firstIndex,
        byte[] data,
        int[] ends,
        boolean last,
        long createdTimeMillis) {

    public RecordBatch {
        Objects.requireNonNull(lane, "lane is null");
        Objects.requireNonNull(route, "route is null");
        Objects.requireNonNull(objectId, "objectId is null");
        Objects.requireNonNull(object, "object is null");
        Objects.requireNonNull(header, "header is null");
        Objects.requireNonNull(data, "data is null");
        Objects.requireNonNull(ends, "ends is null");
    }

    public int size() {
        return ends.length;
    }

    public int start(int record) {
        return record == 0 ? 0 : ends[record - 1];
    }
}
