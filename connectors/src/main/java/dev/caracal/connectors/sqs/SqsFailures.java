package dev.caracal.connectors.sqs;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Decides which failed receives are final; any other is tried again. */
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

    static boolean isFatal(Throwable failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && FATAL.contains(service.awsErrorDetails().errorCode());
    }
}
