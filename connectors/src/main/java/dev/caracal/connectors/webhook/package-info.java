/** HTTPS requests made from templates. */
@NullMarked
package dev.caracal.connectors.webhook;

import org.jspecify.annotations.NullMarked;
