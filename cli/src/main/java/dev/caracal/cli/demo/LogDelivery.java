package dev.caracal.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.samples.Sample;
import dev.caracal.cli.samples.SampleAccount;
import dev.caracal.connectors.aws.AwsClients;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sns.SnsClient;

/** Puts logs into the buckets of the demo's accounts, as these accounts. */
public final class LogDelivery implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_ETAG = "d41d8cd98f00b204e9800998ecf8427e";

    private final Map<SampleAccount, AwsClients> clients = new EnumMap<>(SampleAccount.class);
    private final Map<SampleAccount, S3Client> buckets = new EnumMap<>(SampleAccount.class);
    private final Map<SampleAccount, SnsClient> topics = new EnumMap<>(SampleAccount.class);
    private final Map<String, Stored> stored = new HashMap<>();

    private record Stored(String eTag, long size) {}

    public LogDelivery(LocalAwsProcess.Endpoints endpoints) {
        for (SampleAccount account : SampleAccount.values()) {
            AwsClients own = DemoAccounts.clients(account, endpoints);
            clients.put(account, own);
            buckets.put(account, own.s3());
            topics.put(account, own.sns());
        }
    }

    void deliver(Sample sample) {
        if (sample instanceof Sample.Stored object) {
            store(object.account(), object.key(), object.content());
        } else if (sample instanceof Sample.Announced object) {
            publish(object.account(), notification(object.account(), object.key()));
        } else if (sample instanceof Sample.Published message) {
            publish(message.account(), message.text());
        }
    }

    public void store(SampleAccount account, String key, byte[] content) {
        PutObjectResponse response =
                client(buckets, account)
                        .putObject(
                                request -> request.bucket(account.bucket()).key(key),
                                RequestBody.fromBytes(content));
        stored.put(
                account.bucket() + '/' + key,
                new Stored(response.eTag().replace("\"", ""), content.length));
    }

    /** Whether every account's topic reaches the queue: the job has to confirm that first. */
    public boolean isSubscribed() {
        for (SampleAccount account : SampleAccount.values()) {
            boolean confirmed =
                    client(topics, account)
                            .listSubscriptionsByTopic(
                                    request -> request.topicArn(DemoAccounts.topicArn(account)))
                            .subscriptions()
                            .stream()
                            .allMatch(one -> one.subscriptionArn().startsWith("arn:"));
            if (!confirmed) {
                return false;
            }
        }
        return true;
    }

    private void publish(SampleAccount account, String message) {
        client(topics, account)
                .publish(
                        request ->
                                request.topicArn(DemoAccounts.topicArn(account)).message(message));
    }

    /** As S3 would announce the object. */
    private String notification(SampleAccount account, String key) {
        Stored object =
                stored.getOrDefault(account.bucket() + '/' + key, new Stored(NO_ETAG, 1024));
        ObjectNode notification = JSON.createObjectNode();
        ObjectNode record = notification.putArray("Records").addObject();
        record.put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", account.region())
                .put("eventTime", Instant.now().toString())
                .put("eventName", "ObjectCreated:Put");
        ObjectNode s3 = record.putObject("s3");
        s3.putObject("bucket").put("name", account.bucket());
        s3.putObject("object")
                .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"))
                .put("size", object.size())
                .put("eTag", object.eTag());
        return notification.toString();
    }

    private static <C> C client(Map<SampleAccount, C> clients, SampleAccount account) {
        C client = clients.get(account);
        if (client == null) {
            throw new IllegalStateException("no client for " + account);
        }
        return client;
    }

    @Override
    public void close() {
        clients.values().forEach(AwsClients::close);
    }
}
