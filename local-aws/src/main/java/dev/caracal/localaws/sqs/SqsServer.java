package dev.caracal.localaws.sqs;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.DB;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPoolSettings;

/**
 * SQS on loopback: an embedded ElasticMQ with AWS's limits, holding the queues of one account in
 * one region.
 *
 * <p>With a data folder, queues and messages are kept in an H2 database there and survive a
 * restart; a message that was in flight becomes visible when its visibility timeout has passed.
 * ElasticMQ checks neither signatures nor queue policies. Deleting a message twice succeeds, as in
 * AWS: see {@link IdempotentQueue}. ElasticMQ keeps one database per JVM, so only one server with a
 * data folder can run in it at a time.
 */
public final class SqsServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** Every message is on disk when SendMessage answers; the database closes with the server. */
    private static final String DATABASE_SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    private final ActorSystem actors;
    private final boolean persistent;
    private final SQSRestServer server;
    private final URI endpoint;

    /**
     * @param folder where the database lies; null for memory only
     */
    public SqsServer(int port, String account, String region, @Nullable Path folder)
            throws IOException {
        persistent = folder != null;
        actors =
                ActorSystem.create(
                        "elasticmq",
                        ConfigFactory.parseString(
                                        """
                                        pekko.stdout-loglevel = OFF
                                        pekko.loglevel = ERROR
                                        pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                                        """)
                                .withFallback(ConfigFactory.load()));
        Option<ActorRef> persistence =
                folder == null ? Option.empty() : Option.apply(persistence(folder));
        var limits = org.elasticmq.StrictSQSLimits$.MODULE$;
        ActorRef queues =
                actors.actorOf(
                        Props.create(
                                QueueManagerActor.class, new NowProvider(), limits, persistence));
        if (persistence.isDefined()) {
            restore(persistence.get(), queues);
        }
        server =
                SQSRestServerBuilder.withActorSystem(actors)
                        .withQueueManagerActor(
                                actors.actorOf(Props.create(IdempotentQueues.class, queues)))
                        .withInterface("127.0.0.1")
                        .withPort(port)
                        .withAWSAccountId(account)
                        .withAWSRegion(region)
                        .withSQSLimits(limits)
                        .start();
        Http.ServerBinding binding = server.waitUntilStarted();
        endpoint = URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.stopAndWait();
        actors.terminate();
        try {
            actors.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException("ElasticMQ did not stop", e);
        }
        if (persistent) {
            ConnectionPool.closeAll();
        }
    }

    private ActorRef persistence(Path folder) throws IOException {
        Files.createDirectories(folder);
        SqlQueuePersistenceConfig database =
                new SqlQueuePersistenceConfig(
                        true,
                        "org.h2.Driver",
                        "jdbc:h2:" + folder.toAbsolutePath().resolve("queues") + DATABASE_SETTINGS,
                        "",
                        "",
                        false);
        openDatabase(database);
        return actors.actorOf(
                Props.create(
                        SqlQueuePersistenceActor.class,
                        database,
                        CollectionConverters.asScala(java.util.List.of()).toList()));
    }

    /** Makes up for ElasticMQ's opening its one database only once in the life of a JVM. */
    private static void openDatabase(SqlQueuePersistenceConfig database) throws IOException {
        Object name = ConnectionPool.DEFAULT_NAME();
        if (ConnectionPool.isInitialized(name)) {
            throw new IOException("only one server with a data folder can run in a JVM");
        }
        DB.initializeSingleton(database);
        if (ConnectionPool.isInitialized(name)) {
            return;
        }
        ConnectionPoolSettings settings = ConnectionPool.singleton$default$4();
        ConnectionPool.singleton(
                database.uri(),
                database.username(),
                database.password(),
                settings,
                ConnectionPool.singleton$default$5(
                        database.uri(), database.username(), database.password(), settings));
    }

    private static void restore(ActorRef persistence, ActorRef queues) throws IOException {
        Object answer;
        try {
            answer =
                    Patterns.ask(persistence, new QueueEvent.Restore(queues), START_TIMEOUT)
                            .toCompletableFuture()
                            .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the queues were restored", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException("the queues could not be restored", e);
        }
        if (answer instanceof Either<?, ?> result && result.isLeft()) {
            throw new IOException("the queues could not be restored: " + result);
        }
    }
}
