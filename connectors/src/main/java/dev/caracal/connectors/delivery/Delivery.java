package dev.caracal.connectors.delivery;

/** A request to one destination; travels to the tasks, so it holds no secret. */
public interface Delivery {

    /** Id of the destination. */
    String destination();

    /** What would be lost with the delivery; goes into its dead letter. */
    String text();
}
