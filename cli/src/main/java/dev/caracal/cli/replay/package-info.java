/** {@code caracal replay}: what rules would have found in the past. */
@NullMarked
package dev.caracal.cli.replay;

import org.jspecify.annotations.NullMarked;
