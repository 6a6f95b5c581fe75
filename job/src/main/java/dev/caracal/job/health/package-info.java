/** What Caracal tells of its own health, and of what it is fed. */
@NullMarked
package dev.caracal.job.health;

import org.jspecify.annotations.NullMarked;
