package dev.caracal.connectors.delivery;

import java.io.Serializable;

/** Hands deliveries over; the network boundary. Used by several threads at once. */
public interface Transport<D extends Delivery> extends AutoCloseable {

    /** Tries once; blocks for a bounded time. */
    Outcome send(D delivery);

    @Override
    void close();

    /** Opens the transport; used once by every task. */
    interface Factory<D extends Delivery> extends Serializable {

        Transport<D> open();
    }
}
