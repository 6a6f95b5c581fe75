/** Rules over the events of the past, as the lake holds them. */
@NullMarked
package dev.caracal.job.replay;

import org.jspecify.annotations.NullMarked;
