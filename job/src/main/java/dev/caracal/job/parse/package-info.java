/** From raw records to events. */
@NullMarked
package dev.caracal.job.parse;

import org.jspecify.annotations.NullMarked;
