/** Format parsers: from a raw record and a schema to normalised events. */
@NullMarked
package dev.caracal.parsers.format;

import org.jspecify.annotations.NullMarked;
