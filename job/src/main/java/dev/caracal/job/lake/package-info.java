/** Events, matches, alerts and dead letters as rows of the data lake's tables. */
@NullMarked
package dev.caracal.job.lake;

import org.jspecify.annotations.NullMarked;
