/** Parsers of log types that YAML alone cannot describe. */
@NullMarked
package dev.caracal.parsers.logtypes;

import org.jspecify.annotations.NullMarked;
