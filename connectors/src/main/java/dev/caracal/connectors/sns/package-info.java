@NullMarked
package dev.caracal.connectors.sns;

import org.jspecify.annotations.NullMarked;
