package dev.caracal.localaws.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
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

    private SqsServer(ActorSystem actors, SQSRestServer server, URI endpoint, boolean persistent) {
        this.actors = actors;
        this.server = server;
        this.endpoint = endpoint;
        this.persistent = persistent;
    }

    /**
     * Starts a server.
     *
     * @param port 0 for a free one
     * @param folder where the database lies; null for memory only
     */
    public static SqsServer start(int port, String account, String region, @Nullable Path folder)
            throws IOException {
        if (folder != null && ConnectionPool.isInitialized(ConnectionPool.DEFAULT_NAME())) {
            throw new IOException("only one server with a data folder can run in a JVM");
        }
        ActorSystem actors = ActorSystem.create("elasticmq", settings());
        try {
            SQSRestServer server =
                    SQSRestServerBuilder.withActorSystem(actors)
                            .withQueueManagerActor(queues(actors, folder))
                            .withInterface("127.0.0.1")
                            .withPort(port)
                            .withAWSAccountId(account)
                            .withAWSRegion(region)
                            .withSQSLimits(StrictSQSLimits$.MODULE$)
                            .start();
            Http.ServerBinding binding = server.waitUntilStarted();
            URI endpoint = URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
            return new SqsServer(actors, server, endpoint, folder != null);
        } catch (IOException | RuntimeException e) {
            actors.terminate();
            if (folder != null) {
                ConnectionPool.closeAll();
            }
            throw e;
        }
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
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("ElasticMQ did not stop", e);
        }
        if (persistent) {
            ConnectionPool.closeAll();
        }
    }

    private static Config settings() {
        return ConfigFactory.parseString(
                        """
                        pekko.stdout-loglevel = OFF
                        pekko.loglevel = ERROR
                        pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        """)
                .withFallback(ConfigFactory.load());
    }

    private static ActorRef queues(ActorSystem actors, @Nullable Path folder) throws IOException {
        Option<ActorRef> persistence =
                folder == null ? Option.empty() : Option.apply(persistence(actors, folder));
        ActorRef queues =
                actors.actorOf(
                        Props.create(
                                QueueManagerActor.class,
                                new NowProvider(),
                                StrictSQSLimits$.MODULE$,
                                persistence));
        if (persistence.isDefined()) {
            restore(persistence.get(), queues);
        }
        return actors.actorOf(Props.create(IdempotentQueues.class, queues));
    }

    private static ActorRef persistence(ActorSystem actors, Path folder) throws IOException {
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
                        CollectionConverters.asScala(List.of()).toList()));
    }

    /** Makes up for ElasticMQ's opening its one database only once in the life of a JVM. */
    private static void openDatabase(SqlQueuePersistenceConfig database) throws IOException {
        try {
            DriverManager.getConnection(database.uri()).close();
        } catch (SQLException e) {
            throw new IOException("the queues' database cannot be opened: " + database.uri(), e);
        }
        DB.initializeSingleton(database);
        if (!ConnectionPool.isInitialized(ConnectionPool.DEFAULT_NAME())) {
            openPool(database);
        }
    }

    private static void openPool(SqlQueuePersistenceConfig database) {
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
        } catch (ExecutionException e) {
            throw new IOException("the queues could not be restored", e);
        }
        if (answer instanceof Either<?, ?> result && result.isLeft()) {
            throw new IOException("the queues could not be restored: " + result);
        }
    }
}
