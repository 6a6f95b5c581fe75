@NullMarked
package dev.caracal.connectors;

import org.jspecify.annotations.NullMarked;
