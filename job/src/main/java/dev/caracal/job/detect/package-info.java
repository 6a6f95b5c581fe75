/** From events to matches. */
@NullMarked
package dev.caracal.job.detect;

import org.jspecify.annotations.NullMarked;
