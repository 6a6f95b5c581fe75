package dev.caracal.localaws.sqs;

import java.time.Duration;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.msg.DeleteMessage;
import scala.runtime.BoxedUnit;
import scala.util.Either;
import scala.util.Right;

/**
 * Stands in front of one of ElasticMQ's queues and lets a second DeleteMessage with the same
 * receipt handle succeed, as AWS does. ElasticMQ's handles are {@code messageId#uuid}; one of
 * another shape is still refused with ReceiptHandleIsInvalid.
 */
final class IdempotentQueue extends AbstractActor {
    private static final Duration TIMEOUT = Duration.ofSeconds(21);

    private final ActorRef queue;

    IdempotentQueue(ActorRef queue) {
        this.queue = queue;
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(DeleteMessage.class, this::delete)
                .matchAny(message -> queue.forward(message, getContext()))
                .build();
    }

    private void delete(DeleteMessage message) {
        boolean wellFormed = message.deliveryReceipt().receipt().matches("[^#]+#[0-9a-fA-F-]{36}");
        var answer =
                Patterns.ask(queue, message, TIMEOUT)
                        .thenApply(
                                result ->
                                        wellFormed
                                                        && result instanceof Either<?, ?> either
                                                        && either.isLeft()
                                                ? new Right<Object, BoxedUnit>(BoxedUnit.UNIT)
                                                : result);
        Patterns.pipe(answer, getContext().getDispatcher()).to(getSender());
    }
}
