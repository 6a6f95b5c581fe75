package dev.caracal.connectors.s3;

import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.IoUtils;

/**
 * The S3 clients of one reader: one for each log processing role, over one HTTP client and one STS
 * client. The SDK finds a bucket's region by the redirect that S3 answers with, and remembers it,
 * so that a role needs no client for each region and no permission to ask for the region.
 */
final class S3Clients implements AutoCloseable {

    private final AwsSettings settings;
    private final LongSupplier nanoTime;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider ownCredentials;
    private final StsClient sts;
    private final S3Client own;
    private final Map<Role, RoleClient> roles = new ConcurrentHashMap<>();

    S3Clients(AwsSettings settings) {
        this(settings, System::nanoTime);
    }

    S3Clients(AwsSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.http = settings.httpClient();
        this.ownCredentials = settings.credentials();
        // A method reference hides the provider's close, which a client would call on its own.
        this.sts =
                settings.configure(
                                StsClient.builder(),
                                AwsService.STS,
                                ownCredentials::resolveCredentials)
                        .httpClient(http)
                        .build();
        this.own = client(ownCredentials::resolveCredentials);
    }

    /** Whose permission reads an object; the key that clients are cached by. */
    record Role(String arn, String externalId) {

        Role {
            Objects.requireNonNull(arn, "arn is null");
            Objects.requireNonNull(externalId, "externalId is null");
        }

        static Role of(S3Object object) {
            return new Role(object.roleArn(), object.externalId());
        }

        boolean isJobsOwn() {
            return arn.isEmpty();
        }

        @Override
        public String toString() {
            return isJobsOwn() ? "the job's own credentials" : arn;
        }
    }

    private record RoleClient(RoleCredentials credentials, S3Client client) {}

    S3Client client(Role role) {
        return role.isJobsOwn() ? own : roleClient(role).client();
    }

    /** Assumes the role anew: its credentials have been refused before they expired. */
    void renew(Role role) {
        if (!role.isJobsOwn()) {
            roleClient(role).credentials().renew();
        }
    }

    /** Whether trying again may help against STS's refusal of the role. */
    boolean mayWorkAgain(Role role) {
        return !role.isJobsOwn() && roleClient(role).credentials().mayWorkAgain();
    }

    private RoleClient roleClient(Role role) {
        return roles.computeIfAbsent(
                role,
                key -> {
                    RoleCredentials credentials = new RoleCredentials(sts, key, nanoTime);
                    return new RoleClient(credentials, client(credentials::resolveCredentials));
                });
    }

    private S3Client client(AwsCredentialsProvider credentials) {
        return settings.configure(S3Client.builder(), AwsService.S3, credentials)
                .httpClient(http)
                .crossRegionAccessEnabled(true)
                .build();
    }

    @Override
    public void close() {
        for (RoleClient role : roles.values()) {
            role.client().close();
            role.credentials().close();
        }
        own.close();
        sts.close();
        http.close();
        if (ownCredentials instanceof AutoCloseable closeable) {
            IoUtils.closeQuietly(closeable, null);
        }
    }
}
