/** A Flink cluster in this process, and what it tells of its jobs. */
@NullMarked
package dev.caracal.cli.flink;

import org.jspecify.annotations.NullMarked;
