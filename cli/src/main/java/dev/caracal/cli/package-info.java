@NullMarked
package dev.caracal.cli;

import org.jspecify.annotations.NullMarked;
