/** The fault drill: what must not break the job is done to it, and what comes out is counted. */
@NullMarked
package dev.caracal.cli.drill;

import org.jspecify.annotations.NullMarked;
