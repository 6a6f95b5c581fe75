/**
 * The data lake: Iceberg tables that create and evolve themselves, their catalogs and their upkeep.
 */
@NullMarked
package dev.caracal.connectors.lake;

import org.jspecify.annotations.NullMarked;
