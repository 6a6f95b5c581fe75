/** Log types of the users: the schemas of the control location. */
@NullMarked
package dev.caracal.job.schema;

import org.jspecify.annotations.NullMarked;
