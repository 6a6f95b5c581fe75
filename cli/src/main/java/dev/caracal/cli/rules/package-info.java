/** The command {@code caracal rules}: what helps to write rules. */
@NullMarked
package dev.caracal.cli.rules;

import org.jspecify.annotations.NullMarked;
