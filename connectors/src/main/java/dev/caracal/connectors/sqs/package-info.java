@NullMarked
package dev.caracal.connectors.sqs;

import org.jspecify.annotations.NullMarked;
