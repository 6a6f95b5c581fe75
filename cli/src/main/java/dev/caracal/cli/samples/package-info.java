/** Made-up logs of made-up accounts, and what must come out of them. */
@NullMarked
package dev.caracal.cli.samples;

import org.jspecify.annotations.NullMarked;
