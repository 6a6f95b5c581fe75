/** Metrics that several functions have. */
@NullMarked
package dev.caracal.job.metrics;

import org.jspecify.annotations.NullMarked;
