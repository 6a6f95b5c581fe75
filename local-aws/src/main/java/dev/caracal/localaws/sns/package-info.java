/** A small SNS speaking AWS's query protocol: topics, subscriptions, filter policies, delivery. */
@NullMarked
package dev.caracal.localaws.sns;

import org.jspecify.annotations.NullMarked;
