package dev.caracal.connectors.sqs;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Decides which failures are final; any other is tried again. */
final class SqsFailures {

    /** Error codes of the query and the JSON protocol that trying again does not mend. */
    private static final Set<String> FATAL =
            Set.of(
                    "AccessDenied",
                    "AccessDeniedException",
                    "AWS.SimpleQueueService.NonExistentQueue",
                    "QueueDoesNotExist",
                    "InvalidAddress",
                    "InvalidClientTokenId",
                    "InvalidSecurity",
                    "KmsAccessDenied",
                    "KmsDisabled",
                    "KmsNotFound",
                    "MissingAuthenticationToken",
                    "SignatureDoesNotMatch",
                    "UnrecognizedClientException",
                    "UnsupportedOperation");

    private SqsFailures() {}

    /** Whether a failed poll fails the job. */
    static boolean isFatal(Throwable failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && FATAL.contains(service.awsErrorDetails().errorCode());
    }

    /**
     * Whether one message of a batch failed because its handle has expired. SQS calls that the
     * sender's fault, as it does throttling.
     */
    static boolean isGone(String code, boolean senderFault) {
        return senderFault && !code.contains("Throttl");
    }
}
