package dev.caracal.localaws.s3;

import dev.caracal.localaws.faults.Fault;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.identity.Credential;
import dev.caracal.localaws.identity.Credential.AccountKey;
import dev.caracal.localaws.identity.Credential.Session;
import dev.caracal.localaws.identity.Identities;
import dev.caracal.localaws.identity.Role.Grant;
import java.util.Map;

/**
 * Who may do what in S3. The key of an account may do everything with the account's own buckets; a
 * session what its role grants, on buckets of the role's account: reading, or reading and writing,
 * under the granted prefixes. Bucket policies and ACLs are not evaluated, so nothing is shared
 * between accounts but through roles.
 */
final class S3Access {
    private final Identities identities;
    private final Buckets buckets;
    private final Faults faults;

    S3Access(Identities identities, Buckets buckets, Faults faults) {
        this.identities = identities;
        this.buckets = buckets;
        this.faults = faults;
    }

    /**
     * Finds who asks, and checks that it may.
     *
     * @throws AwsError InvalidAccessKeyId, SignatureDoesNotMatch, InvalidToken, ExpiredToken,
     *     PermanentRedirect or AccessDenied
     */
    Credential check(S3Request request) {
        String[] scope = request.credentialScope();
        Credential caller = authenticate(request, scope[0]);
        if (request.bucket().isEmpty()) {
            if (caller instanceof Session) {
                throw denied();
            }
            return caller;
        }
        if (request.is("CreateBucket")) {
            if (!(caller instanceof AccountKey)) {
                throw denied();
            }
            buckets.claim(request.bucket(), caller.accountId(), scope[1]);
            return caller;
        }
        checkRegion(request, scope[1]);
        authorize(request, caller);
        return caller;
    }

    private Credential authenticate(S3Request request, String accessKeyId) {
        Credential caller =
                identities
                        .find(accessKeyId)
                        .orElseThrow(
                                () ->
                                        new AwsError(
                                                403,
                                                "InvalidAccessKeyId",
                                                "The AWS Access Key Id you provided does not exist in our records."));
        if (caller instanceof Session session
                && faults.strike(
                                Fault.Kind.EXPIRED_SESSION,
                                request.bucket(),
                                request.key(),
                                request.operation().name())
                        .isPresent()) {
            identities.expire(session);
        }
        if (request.presigned()) {
            identities
                    .find(accessKeyId)
                    .ifPresent(known -> identities.checkSession(known, request.sessionToken()));
            return caller;
        }
        return identities.authenticate(request.signed());
    }

    /** A bucket is reached through its own region; only its location is told everywhere. */
    private void checkRegion(S3Request request, String region) {
        if (request.is("GetBucketLocation")) {
            return;
        }
        buckets.find(request.bucket())
                .filter(bucket -> !bucket.region().equals(region))
                .ifPresent(
                        bucket -> {
                            throw new AwsError(
                                    301,
                                    "PermanentRedirect",
                                    "The bucket you are attempting to access must be addressed using"
                                            + " the specified endpoint. Please send all future"
                                            + " requests to this endpoint.",
                                    Map.of("x-amz-bucket-region", bucket.region()));
                        });
    }

    private void authorize(S3Request request, Credential caller) {
        if (caller instanceof Session session && putsNotifications(request, session)) {
            return;
        }
        boolean bucketLevel = request.key().isEmpty();
        String key =
                bucketLevel && lists(request)
                        ? request.parameters().getOrDefault("prefix", "")
                        : request.key();
        boolean anyKey = bucketLevel && !lists(request) && !request.operation().write();
        if (!may(caller, request.bucket(), key, request.operation().write(), anyKey)) {
            throw denied();
        }
        int slash = request.copySource().indexOf('/');
        if (slash > 0
                && !may(
                        caller,
                        request.copySource().substring(0, slash),
                        request.copySource().substring(slash + 1),
                        false,
                        false)) {
            throw denied();
        }
    }

    private boolean putsNotifications(S3Request request, Session session) {
        return request.is("PutBucketNotificationConfiguration")
                && buckets.find(request.bucket())
                        .filter(bucket -> bucket.account().equals(session.accountId()))
                        .isPresent()
                && session.role().grants().stream()
                        .filter(grant -> grant.bucket().equals(request.bucket()))
                        .anyMatch(Grant::notifications);
    }

    private static boolean lists(S3Request request) {
        return request.operation().name().startsWith("List");
    }

    /**
     * @param key a key, or the prefix of a listing; a write to the bucket itself has an empty one,
     *     which only a grant of every key covers
     * @param anyKey whether a grant of some keys is enough
     */
    private boolean may(
            Credential caller, String bucketName, String key, boolean write, boolean anyKey) {
        var bucket = buckets.find(bucketName);
        if (caller instanceof Session session) {
            return bucket.isPresent()
                    && bucket.get().account().equals(session.accountId())
                    && session.role().grants().stream()
                            .filter(grant -> grant.bucket().equals(bucketName))
                            .filter(grant -> grant.write() || !write)
                            .anyMatch(grant -> anyKey || grant.covers(key));
        }
        // An unknown bucket goes on to S3Proxy, which answers NoSuchBucket.
        return bucket.isEmpty() || bucket.get().account().equals(caller.accountId());
    }

    private static AwsError denied() {
        return new AwsError(403, "AccessDenied", "Access Denied");
    }
}
