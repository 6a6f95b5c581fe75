/** {@code caracal backfill}: objects that were in a bucket before it was onboarded. */
@NullMarked
package dev.caracal.cli.backfill;

import org.jspecify.annotations.NullMarked;
