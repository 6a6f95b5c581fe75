/** What is to be set up in AWS for a log source, as templates that others deploy. */
@NullMarked
package dev.caracal.cli.source.template;

import org.jspecify.annotations.NullMarked;
