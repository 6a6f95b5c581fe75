/** SQS: an embedded ElasticMQ. */
@NullMarked
package dev.caracal.localaws.sqs;

import org.jspecify.annotations.NullMarked;
