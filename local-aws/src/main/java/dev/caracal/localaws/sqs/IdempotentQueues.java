package dev.caracal.localaws.sqs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.msg.LookupQueue;
import scala.Option;

/**
 * Stands in front of ElasticMQ's queue manager and answers look-ups with {@link IdempotentQueue}s.
 */
final class IdempotentQueues extends AbstractActor {
    private static final Duration TIMEOUT = Duration.ofSeconds(21);

    private final Map<ActorRef, ActorRef> fronts = new ConcurrentHashMap<>();
    private final ActorRef queues;

    IdempotentQueues(ActorRef queues) {
        this.queues = queues;
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(LookupQueue.class, this::lookup)
                .matchAny(message -> queues.forward(message, getContext()))
                .build();
    }

    private void lookup(LookupQueue message) {
        ActorSystem system = getContext().getSystem();
        var answer =
                Patterns.ask(queues, message, TIMEOUT)
                        .thenApply(
                                found ->
                                        found instanceof Option<?> queue
                                                        && queue.isDefined()
                                                        && queue.get() instanceof ActorRef actor
                                                ? Option.apply(front(actor, system))
                                                : found);
        Patterns.pipe(answer, getContext().getDispatcher()).to(getSender());
    }

    private ActorRef front(ActorRef queue, ActorSystem system) {
        return fronts.computeIfAbsent(
                queue, actor -> system.actorOf(Props.create(IdempotentQueue.class, actor)));
    }
}
