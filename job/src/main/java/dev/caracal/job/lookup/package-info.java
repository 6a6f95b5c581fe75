/** Lookup tables of the control location: which are in force, and their data, once for each JVM. */
@NullMarked
package dev.caracal.job.lookup;

import org.jspecify.annotations.NullMarked;
