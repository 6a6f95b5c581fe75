/** Writing schemas: tests, inference, checks. */
@NullMarked
package dev.caracal.cli.schema;

import org.jspecify.annotations.NullMarked;
