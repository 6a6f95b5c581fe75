/** The control location and AWS, as commands name them. */
@NullMarked
package dev.caracal.cli.control;

import org.jspecify.annotations.NullMarked;
