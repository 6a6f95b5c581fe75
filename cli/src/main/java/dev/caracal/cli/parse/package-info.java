/** Parsing raw logs on this machine. */
@NullMarked
package dev.caracal.cli.parse;

import org.jspecify.annotations.NullMarked;
