package dev.caracal.localaws.s3;

import dev.caracal.localaws.StateFile;
import dev.caracal.localaws.faults.Counters;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.identity.Identities;
import dev.caracal.localaws.sns.Sns;
import dev.caracal.localaws.sqs.SqsClient;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * S3 on loopback: S3Proxy with {@link S3Front} before it, in path style, with AWS Signature Version
 * 4 checked.
 *
 * <p>With a data folder, objects, their versions, buckets and notification configurations survive a
 * restart; multipart uploads that were not completed do too. Buckets are created in the region of
 * the client that asks.
 */
public final class S3Server implements AutoCloseable {
    private final S3Proxy proxy;
    private final BlobStore store;
    private final Buckets buckets;
    private final BucketCalls calls;
    private final Notifier notifier;

    /** What S3 needs to know of the others. */
    public record Neighbours(
            Identities identities,
            Sns sns,
            SqsClient sqs,
            StateFile state,
            Faults faults,
            Counters counters) {}

    /**
     * @param folder where the objects lie; null for memory only
     */
    public S3Server(int port, @Nullable Path folder, Neighbours neighbours) throws IOException {
        buckets = new Buckets(neighbours.state());
        notifier = new Notifier(buckets, neighbours.sns(), neighbours.sqs(), neighbours.faults());
        calls = new BucketCalls(buckets, notifier);
        store = new NotifyingBlobStore(objects(folder), buckets, notifier);
        proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(URI.create("http://127.0.0.1:" + port))
                        .awsAuthentication(AuthenticationType.AWS_V4, "unused", "unused")
                        .ignoreUnknownHeaders(true)
                        .stopTimeout(1000)
                        .build();
        Identities identities = neighbours.identities();
        proxy.setBlobStoreLocator(
                (accessKeyId, bucket, key) ->
                        accessKeyId == null
                                ? null
                                : identities
                                        .find(accessKeyId)
                                        .map(known -> new AccessGrant(known.secret(), store))
                                        .orElse(null));
        Server jetty = jetty(proxy);
        jetty.setHandler(
                new S3Front(
                        jetty.getHandler(),
                        new S3Access(identities, buckets, neighbours.faults()),
                        buckets,
                        calls,
                        neighbours.faults(),
                        neighbours.counters()));
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IOException("S3 cannot listen on port " + port, e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Makes sure that a bucket is there, with versions where asked for. */
    public void ensureBucket(String name, String account, String region, boolean versioned) {
        if (buckets.find(name).isEmpty()) {
            buckets.claim(name, account, region);
        }
        if (!store.containerExists(name)) {
            store.createContainer(name);
        }
        if (versioned) {
            store.putBucketVersioning(name, BucketVersioningStatus.ENABLED);
        }
    }

    /**
     * Gives a bucket its notification rules; where it has the same ones already nothing happens.
     */
    public void ensureNotifications(String name, List<NotificationRule> rules) {
        Bucket bucket = buckets.find(name).orElseThrow();
        if (!bucket.notifications().equals(rules)) {
            calls.putNotifications(bucket, rules);
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3 did not stop", e);
        } finally {
            notifier.close();
            store.close();
        }
    }

    private static BlobStore objects(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return new TransientNio2BlobStore();
        }
        return new FolderBlobStore(Files.createDirectories(folder).toRealPath());
    }

    /** S3Proxy shows its Jetty to nobody, but has no other place for a handler of ours. */
    private static Server jetty(S3Proxy proxy) {
        try {
            Field field = S3Proxy.class.getDeclaredField("server");
            field.setAccessible(true);
            return (Server) field.get(proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of S3Proxy has no field 'server'", e);
        }
    }
}
