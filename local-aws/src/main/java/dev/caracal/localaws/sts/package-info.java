/** A small STS speaking AWS's query protocol. */
@NullMarked
package dev.caracal.localaws.sts;

import org.jspecify.annotations.NullMarked;
