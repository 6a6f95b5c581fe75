/** The command {@code caracal test}: runs the tests embedded in rules. */
@NullMarked
package dev.caracal.cli.test;

import org.jspecify.annotations.NullMarked;
