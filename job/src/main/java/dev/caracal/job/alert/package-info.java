/** From matches to alerts. */
@NullMarked
package dev.caracal.job.alert;

import org.jspecify.annotations.NullMarked;
