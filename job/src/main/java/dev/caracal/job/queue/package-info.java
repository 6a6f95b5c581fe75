/** Queues whose messages are log records: from messages to records. */
@NullMarked
package dev.caracal.job.queue;

import org.jspecify.annotations.NullMarked;
