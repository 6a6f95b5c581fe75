/** The control location: files that steer the job, and the source that follows them. */
@NullMarked
package dev.caracal.connectors.control;

import org.jspecify.annotations.NullMarked;
