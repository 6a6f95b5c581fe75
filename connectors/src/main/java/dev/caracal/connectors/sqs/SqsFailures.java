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

    /** A short name for why a queue cannot be polled, for whoever has to set it right. */
    static String reason(Throwable failure) {
        String code =
                failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                        ? service.awsErrorDetails().errorCode()
                        : "";
        return switch (code) {
            case "AccessDenied", "AccessDeniedException" -> "access-denied";
            case "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "InvalidAddress" ->
                    "queue-not-found";
            case "KmsAccessDenied", "KmsDisabled", "KmsNotFound" -> "kms-access-denied";
            case "InvalidClientTokenId",
                    "InvalidSecurity",
                    "MissingAuthenticationToken",
                    "SignatureDoesNotMatch",
                    "UnrecognizedClientException" ->
                    "credentials-refused";
            default -> "refused";
        };
    }

    /**
     * Whether one message of a batch failed because its handle has expired. SQS calls that the
     * sender's fault, as it does throttling.
     */
    static boolean isGone(String code, boolean senderFault) {
        return senderFault && !code.contains("Throttl");
    }
}
