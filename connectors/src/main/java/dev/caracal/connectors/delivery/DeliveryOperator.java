package dev.caracal.connectors.delivery;

import dev.caracal.connectors.DeadLetter;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * An operator that delivers, each delivery at least once; what it gives up on comes out as a dead
 * letter of stage {@code deliver}.
 *
 * <p>It is Flink's asynchronous operator. Deliveries under way are in its state, so a restart makes
 * them again, and a checkpoint waits for none of them. A destination that does not answer holds up
 * no other until {@link DeliveryOptions#MAX_IN_FLIGHT} deliveries wait for it.
 */
public final class DeliveryOperator {

    /** Attempts are bounded by the function itself; a second bound would lose the reason. */
    private static final long NO_TIMEOUT = 0;

    private DeliveryOperator() {}

    /**
     * Adds the operator to a topology; the caller gives name and uid.
     *
     * @param options see {@link DeliveryOptions}
     * @throws IllegalArgumentException if an option is out of range
     */
    public static <D extends Delivery> SingleOutputStreamOperator<DeadLetter> apply(
            DataStream<D> deliveries, Transport.Factory<D> transport, ReadableConfig options) {
        RetryPolicy retry = RetryPolicy.from(options);
        return AsyncDataStream.unorderedWait(
                deliveries,
                new DeliveryFunction<>(transport, retry),
                NO_TIMEOUT,
                TimeUnit.MILLISECONDS,
                retry.maxInFlight());
    }
}
