/** Destinations: where alerts are sent to, which alert goes where, and in what form. */
@NullMarked
package dev.caracal.job.destination;

import org.jspecify.annotations.NullMarked;
