/** Secrets that configuration names and never holds. */
@NullMarked
package dev.caracal.connectors.secrets;

import org.jspecify.annotations.NullMarked;
