/** Deliveries to destinations outside of the job: each is tried until it is taken or given up. */
@NullMarked
package dev.caracal.connectors.delivery;

import org.jspecify.annotations.NullMarked;
