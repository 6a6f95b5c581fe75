@NullMarked
package dev.caracal.connectors.aws;

import org.jspecify.annotations.NullMarked;
