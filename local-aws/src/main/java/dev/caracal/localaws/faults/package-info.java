/** Faults that can be switched on for tests, and counters of requests. */
@NullMarked
package dev.caracal.localaws.faults;

import org.jspecify.annotations.NullMarked;
