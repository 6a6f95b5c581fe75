/** What concerns the job on a Flink cluster: submit, status, stop and savepoint. */
@NullMarked
package dev.caracal.cli.cluster;

import org.jspecify.annotations.NullMarked;
