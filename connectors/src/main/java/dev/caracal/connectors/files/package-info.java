@NullMarked
package dev.caracal.connectors.files;

import org.jspecify.annotations.NullMarked;
