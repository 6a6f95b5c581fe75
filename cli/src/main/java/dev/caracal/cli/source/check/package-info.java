/** Whether AWS is set up right for a log source. */
@NullMarked
package dev.caracal.cli.source.check;

import org.jspecify.annotations.NullMarked;
