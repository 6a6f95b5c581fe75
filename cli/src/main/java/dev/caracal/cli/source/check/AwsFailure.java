package dev.caracal.cli.source.check;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Reads the errors of AWS. */
public final class AwsFailure {

    private AwsFailure() {}

    /** Code and text on one line, without the SDK's request ids. */
    static String text(Exception failure) {
        AwsErrorDetails details =
                failure instanceof AwsServiceException service ? service.awsErrorDetails() : null;
        if (details == null || details.errorMessage() == null) {
            return String.valueOf(failure.getMessage());
        }
        return details.errorCode() + ": " + details.errorMessage();
    }

    static boolean hasCode(Exception failure, String... codes) {
        AwsErrorDetails details =
                failure instanceof AwsServiceException service ? service.awsErrorDetails() : null;
        for (String code : codes) {
            if (details != null && code.equals(details.errorCode())) {
                return true;
            }
        }
        return false;
    }

    public static boolean isAccessDenied(Exception failure) {
        return hasCode(failure, "AccessDenied", "AccessDeniedException", "AuthorizationError")
                || (failure instanceof AwsServiceException service && service.statusCode() == 403);
    }
}
