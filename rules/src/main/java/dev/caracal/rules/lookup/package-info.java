/**
 * Lookup tables: data by which events are enriched.
 *
 * <p>A {@link dev.caracal.rules.lookup.LookupTable} is the definition, a {@link
 * dev.caracal.rules.lookup.LookupIndex} the data of one, ready for being asked, and {@link
 * dev.caracal.rules.lookup.LookupTables} the tables that are in force together.
 */
@NullMarked
package dev.caracal.rules.lookup;

import org.jspecify.annotations.NullMarked;
