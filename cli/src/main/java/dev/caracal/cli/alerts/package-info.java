/** Looking at the alerts that a job has stored. */
@NullMarked
package dev.caracal.cli.alerts;

import org.jspecify.annotations.NullMarked;
