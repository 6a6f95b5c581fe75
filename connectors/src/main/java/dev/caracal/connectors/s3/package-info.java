@NullMarked
package dev.caracal.connectors.s3;

import org.jspecify.annotations.NullMarked;
