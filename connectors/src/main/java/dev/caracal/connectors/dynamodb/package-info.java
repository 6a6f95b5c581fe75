@NullMarked
package dev.caracal.connectors.dynamodb;

import org.jspecify.annotations.NullMarked;
