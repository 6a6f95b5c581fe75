/** How events, matches, alerts and dead letters look in S3 and on SNS. */
@NullMarked
package dev.caracal.job.output;

import org.jspecify.annotations.NullMarked;
