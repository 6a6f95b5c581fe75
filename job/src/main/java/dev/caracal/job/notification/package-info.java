/** From SQS messages to the S3 objects that they announce. */
@NullMarked
package dev.caracal.job.notification;

import org.jspecify.annotations.NullMarked;
