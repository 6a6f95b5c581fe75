/** Log streams: where a record begins and ends in an object, whatever its log type. */
@NullMarked
package dev.caracal.parsers.stream;

import org.jspecify.annotations.NullMarked;
