/** Timestamps: the formats that logs write them in, and the one form that events carry. */
@NullMarked
package dev.caracal.parsers.time;

import org.jspecify.annotations.NullMarked;
