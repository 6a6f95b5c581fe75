package dev.caracal.connectors.s3;

import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * What an error of S3 or STS means for the object: the one place that decides between a dead letter
 * ({@link UnreadableObjectException}) and another attempt (any other {@link IOException}). Codes
 * are those of the S3 API reference, "Error responses".
 */
final class S3Fault {

    private static final Set<String> STALE_CREDENTIALS =
            Set.of("InvalidAccessKeyId", "ExpiredToken", "InvalidToken", "TokenRefreshRequired");

    /** Answered with a status of the 400s, but gone when tried again. */
    private static final Set<String> TRANSIENT =
            Set.of("RequestTimeout", "RequestTimeTooSkewed", "OperationAborted", "SlowDown");

    private S3Fault() {}

    /** Whether credentials were refused that were good when they were given out. */
    static boolean staleCredentials(SdkException e) {
        return !(e instanceof StsException)
                && e instanceof AwsServiceException service
                && STALE_CREDENTIALS.contains(code(service));
    }

    static boolean forbidden(SdkException e) {
        return e instanceof AwsServiceException service
                && !(e instanceof StsException)
                && service.statusCode() == 403
                && code(service).equals("AccessDenied");
    }

    static boolean preconditionFailed(SdkException e) {
        return e instanceof AwsServiceException service && service.statusCode() == 412;
    }

    /** Whether trying again may help; the job's own credentials renew themselves, for example. */
    private static boolean isTransient(AwsServiceException e, boolean roleMayWorkAgain) {
        return e.statusCode() >= 500
                || e.statusCode() == 429
                || TRANSIENT.contains(code(e))
                || (e instanceof StsException
                        && (roleMayWorkAgain || STALE_CREDENTIALS.contains(code(e))));
    }

    /**
     * @param roleMayWorkAgain whether a refusal of the role is to be tried again
     */
    static IOException explain(
            SdkException e, S3ObjectRef ref, S3Clients.Role role, boolean roleMayWorkAgain) {
        if (!(e instanceof AwsServiceException service)) {
            return new IOException("Reading " + ref + " failed: " + e.getMessage(), e);
        }
        if (isTransient(service, roleMayWorkAgain)) {
            return new IOException(detail(service, ref, role), e);
        }
        return new UnreadableObjectException(reason(service), detail(service, ref, role), e);
    }

    private static String reason(AwsServiceException e) {
        String code = code(e);
        if (e instanceof StsException) {
            return "role-not-assumable";
        }
        if (STALE_CREDENTIALS.contains(code) || code.equals("SignatureDoesNotMatch")) {
            return "credentials-refused";
        }
        if (code.startsWith("KMS.") || String.valueOf(e.getMessage()).contains("kms:")) {
            return "kms-access-denied";
        }
        if (code.equals("NoSuchBucket")) {
            return "bucket-not-found";
        }
        if (code.equals("InvalidObjectState")) {
            return "archived";
        }
        return switch (e.statusCode()) {
            case 301, 307 -> "wrong-region";
            case 401, 403 -> "access-denied";
            // A version that is a delete marker answers 405.
            case 404, 405, 410 -> "not-found";
            case 412 -> UnreadableObjectException.CHANGED;
            default -> "refused";
        };
    }

    private static String detail(AwsServiceException e, S3ObjectRef ref, S3Clients.Role role) {
        String message = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
        return ref
                + " with "
                + role
                + ": "
                + e.statusCode()
                + ' '
                + code(e)
                + (message == null || message.isEmpty() ? "" : ", " + message);
    }

    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }
}
