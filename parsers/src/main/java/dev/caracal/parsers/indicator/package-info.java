/** Indicators: observables picked out of event fields into {@code p_any_} lists. */
@NullMarked
package dev.caracal.parsers.indicator;

import org.jspecify.annotations.NullMarked;
