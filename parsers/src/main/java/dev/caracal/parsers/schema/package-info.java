/** Schemas: the YAML language that describes the shape of a log type. */
@NullMarked
package dev.caracal.parsers.schema;

import org.jspecify.annotations.NullMarked;
