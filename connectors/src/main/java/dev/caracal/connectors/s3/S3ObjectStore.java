package dev.caracal.connectors.s3;

import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads objects from S3, each with its log source's role. */
public final class S3ObjectStore implements ObjectStore {

    private final S3Clients clients;

    public S3ObjectStore(AwsSettings settings) {
        this(new S3Clients(settings));
    }

    S3ObjectStore(S3Clients clients) {
        this.clients = clients;
    }

    /** A store for each reader subtask, with a connection for each object that is read at once. */
    public static Factory factory(AwsSettings settings) {
        return connections -> new S3ObjectStore(withConnections(settings, connections));
    }

    private static AwsSettings withConnections(AwsSettings settings, int connections) {
        int set = Configuration.fromMap(settings.options()).get(AwsOptions.MAX_CONCURRENCY);
        Map<String, String> options = new HashMap<>(settings.options());
        // STS wants connections besides those that stay with the objects.
        options.put(
                AwsOptions.MAX_CONCURRENCY.key(), Integer.toString(Math.max(set, 2 * connections)));
        return new AwsSettings(settings.region(), options);
    }

    @Override
    public ObjectContent open(S3Object object, boolean resume) throws IOException {
        S3Clients.Role role = S3Clients.Role.of(object);
        try {
            return content(openVersion(object, role, resume));
        } catch (SdkException e) {
            if (!S3Fault.staleCredentials(e)) {
                throw explain(e, object.ref(), role);
            }
        }
        clients.renew(role);
        try {
            return content(openVersion(object, role, resume));
        } catch (SdkException e) {
            throw explain(e, object.ref(), role);
        }
    }

    private IOException explain(SdkException e, S3ObjectRef ref, S3Clients.Role role) {
        return S3Fault.explain(e, ref, role, clients.mayWorkAgain(role));
    }

    private ResponseInputStream<GetObjectResponse> openVersion(
            S3Object object, S3Clients.Role role, boolean resume) {
        S3ObjectRef ref = object.ref();
        if (ref.versionId().isEmpty()) {
            GetObjectRequest.Builder request = request(ref);
            return get(role, resume ? pinnedByETag(request, ref) : request);
        }
        try {
            return get(role, request(ref).versionId(ref.versionId()));
        } catch (SdkException e) {
            // To ask for a version takes s3:GetObjectVersion, which a role that may read the
            // newest by s3:GetObject need not have.
            if (!S3Fault.forbidden(e) || ref.eTag().isEmpty()) {
                throw e;
            }
            try {
                return get(role, pinnedByETag(request(ref), ref));
            } catch (SdkException newest) {
                newest.addSuppressed(e);
                throw S3Fault.preconditionFailed(newest) ? e : newest;
            }
        }
    }

    /**
     * Without the SDK's limit on the time until a stream is first read: an object may well wait for
     * its turn, and the thread that watches the limit never ends, which would keep the class loader
     * of a cancelled job.
     */
    private ResponseInputStream<GetObjectResponse> get(
            S3Clients.Role role, GetObjectRequest.Builder request) {
        return clients.client(role)
                .getObject(request.build(), ResponseTransformer.toInputStream(Duration.ZERO));
    }

    private static GetObjectRequest.Builder request(S3ObjectRef ref) {
        return GetObjectRequest.builder().bucket(ref.bucket()).key(ref.key());
    }

    private static GetObjectRequest.Builder pinnedByETag(
            GetObjectRequest.Builder request, S3ObjectRef ref) {
        return ref.eTag().isEmpty() ? request : request.ifMatch('"' + ref.eTag() + '"');
    }

    private static ObjectContent content(ResponseInputStream<GetObjectResponse> opened) {
        GetObjectResponse response = opened.response();
        String versionId = response.versionId();
        String eTag = response.eTag();
        return new ObjectContent(
                opened,
                versionId == null ? "" : versionId,
                eTag == null ? "" : eTag.replace("\"", ""),
                opened::abort);
    }

    @Override
    public void close() {
        clients.close();
    }
}
