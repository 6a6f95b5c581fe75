package dev.caracal.localaws;

import dev.caracal.localaws.faults.Counters;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.QueryServer;
import dev.caracal.localaws.identity.Identities;
import dev.caracal.localaws.s3.S3Server;
import dev.caracal.localaws.sns.Sns;
import dev.caracal.localaws.sqs.SqsClient;
import dev.caracal.localaws.sqs.SqsServer;
import dev.caracal.localaws.sts.Sts;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * S3, SQS, SNS and STS in this JVM, on 127.0.0.1.
 *
 * <p>S3 is S3Proxy and SQS is ElasticMQ; SNS and STS are ours, so a test that passes against them
 * shows how we read the protocol, not how AWS behaves. With a data folder, objects, queues,
 * messages, topics, subscriptions and notification configurations survive a restart; sessions,
 * faults and counters do not.
 */
public final class LocalAws implements AutoCloseable {
    private static final LocalAwsConfig.Sqs NO_QUEUES =
            new LocalAwsConfig.Sqs("000000000000", "us-east-1", List.of());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Faults faults = new Faults();
    private final Counters counters = new Counters();
    private final Endpoints endpoints;

    /** What to start and where. */
    public static final class Builder {
        private LocalAwsConfig config = LocalAwsConfig.empty();
        private Ports ports = Ports.FREE;
        private @Nullable Path folder;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        public Builder config(LocalAwsConfig config) {
            this.config = config;
            return this;
        }

        public Builder ports(Ports ports) {
            this.ports = ports;
            return this;
        }

        /** Where data is kept; in memory by default. */
        public Builder folder(Path folder) {
            this.folder = folder;
            return this;
        }

        /** The clock that sessions expire by. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Starts all servers and creates what the configuration names.
         *
         * @throws IOException where a port is taken or the folder cannot be used
         * @throws dev.caracal.localaws.http.AwsError where the configuration asks for what AWS
         *     refuses
         */
        public LocalAws start() throws IOException {
            return new LocalAws(this);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    private LocalAws(Builder builder) throws IOException {
        try {
            endpoints = start(builder);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public Faults faults() {
        return faults;
    }

    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failure = new IllegalStateException("a server did not stop", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Endpoints start(Builder builder) throws IOException {
        LocalAwsConfig config = builder.config;
        Path folder = builder.folder;
        StateFile state = StateFile.inMemory();
        if (folder != null) {
            state = StateFile.in(Files.createDirectories(folder));
        }
        LocalAwsConfig.Sqs queues = config.sqs() == null ? NO_QUEUES : config.sqs();
        SqsServer sqs =
                opened(
                        SqsServer.start(
                                builder.ports.sqs(),
                                queues.account(),
                                queues.region(),
                                folder == null ? null : folder.resolve("sqs")));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        SqsClient sqsClient =
                new SqsClient(http, sqs.endpoint(), queues.account(), queues.region());
        Identities identities = ConfiguredResources.identities(config, builder.clock);
        QueryServer sts = opened(new QueryServer("sts", builder.ports.sts(), identities));
        sts.serve(new Sts(identities, faults, counters));
        QueryServer snsServer = opened(new QueryServer("sns", builder.ports.sns(), identities));
        Sns sns =
                opened(
                        new Sns(
                                snsServer.endpoint(),
                                state,
                                http,
                                sqsClient,
                                config.alwaysConfirmSubscriptions(),
                                faults,
                                counters));
        snsServer.serve(sns);
        S3Server s3 =
                opened(
                        new S3Server(
                                builder.ports.s3(),
                                folder == null ? null : folder.resolve("s3"),
                                new S3Server.Neighbours(
                                        identities, sns, sqsClient, state, faults, counters)));
        ConfiguredResources.create(config, sqsClient, sns, s3);
        AdminServer admin = opened(new AdminServer(builder.ports.admin(), faults, counters));
        return new Endpoints(
                s3.endpoint(),
                sqs.endpoint(),
                snsServer.endpoint(),
                sts.endpoint(),
                admin.endpoint());
    }

    private <T extends AutoCloseable> T opened(T server) {
        open.push(server);
        return server;
    }
}
