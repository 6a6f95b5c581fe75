/** Onboarding: the log sources of a control location. */
@NullMarked
package dev.caracal.cli.source;

import org.jspecify.annotations.NullMarked;
