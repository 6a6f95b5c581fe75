package dev.caracal.connectors.sns;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Decides which failed publications are final; any other is tried again. */
final class SnsFailures {

    /** Error codes of the call that trying again does not mend. */
    private static final Set<String> FATAL =
            Set.of(
                    "AuthorizationError",
                    "AccessDenied",
                    "AccessDeniedException",
                    "EndpointDisabled",
                    "InvalidClientTokenId",
                    "InvalidParameter",
                    "InvalidParameterException",
                    "InvalidSecurity",
                    "KMSAccessDenied",
                    "KMSDisabled",
                    "KMSNotFound",
                    "MissingAuthenticationToken",
                    "NotFound",
                    "NotFoundException",
                    "SignatureDoesNotMatch",
                    "UnrecognizedClientException",
                    "ValidationException");

    private SnsFailures() {}

    /** Whether the whole call failed for good. */
    static boolean isFatal(Throwable failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && FATAL.contains(service.awsErrorDetails().errorCode());
    }

    /**
     * Whether one message of a batch failed for good: SNS forbids it, or blames it for anything but
     * throttling.
     */
    static boolean isFatal(SnsTopic.Failure failure) {
        return FATAL.contains(failure.code())
                || (failure.senderFault() && !failure.code().contains("Throttl"));
    }
}
