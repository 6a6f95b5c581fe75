package dev.caracal.connectors.files;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Decides which failed commits are final; any other is tried again. */
final class UploadFailures {

    /** Error codes that trying again does not mend. */
    private static final Set<String> FATAL =
            Set.of(
                    "AccessDenied",
                    "AllAccessDisabled",
                    "AuthorizationHeaderMalformed",
                    "EntityTooSmall",
                    "InvalidAccessKeyId",
                    "InvalidPart",
                    "InvalidPartOrder",
                    "KMS.DisabledException",
                    "KMS.NotFoundException",
                    "NoSuchBucket",
                    "PermanentRedirect",
                    "SignatureDoesNotMatch");

    private static final String NO_SUCH_UPLOAD = "NoSuchUpload";

    private static final int FORBIDDEN = 403;

    private UploadFailures() {}

    static boolean isFatal(Throwable failure) {
        return FATAL.contains(code(failure)) || isForbidden(failure);
    }

    /** Whether the upload is completed or aborted. */
    static boolean isNoSuchUpload(Throwable failure) {
        return NO_SUCH_UPLOAD.equals(code(failure));
    }

    /** An answer to HEAD has a status and no code. Expired credentials are renewed. */
    private static boolean isForbidden(Throwable failure) {
        return failure instanceof AwsServiceException service
                && service.statusCode() == FORBIDDEN
                && code(failure).isEmpty();
    }

    private static String code(Throwable failure) {
        if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = service.awsErrorDetails().errorCode();
            return code == null ? "" : code;
        }
        return "";
    }
}
