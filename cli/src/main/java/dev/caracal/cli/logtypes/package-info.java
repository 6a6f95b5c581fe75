/** The log types there are, and what people are shown of them. */
@NullMarked
package dev.caracal.cli.logtypes;

import org.jspecify.annotations.NullMarked;
