/** {@code caracal search}: questions to the data lake. */
@NullMarked
package dev.caracal.cli.search;

import org.jspecify.annotations.NullMarked;
