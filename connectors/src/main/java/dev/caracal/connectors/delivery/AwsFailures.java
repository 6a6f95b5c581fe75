package dev.caracal.connectors.delivery;

import dev.caracal.connectors.delivery.Outcome.GiveUp;
import dev.caracal.connectors.delivery.Outcome.TryAgain;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Decides by an exception of the AWS SDK what comes of a delivery to SNS or SQS. */
public final class AwsFailures {

    /** Client errors that pass: of throttling, and of credentials that are just being renewed. */
    private static final Set<String> PASSING =
            Set.of(
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "KMSThrottling",
                    "KmsThrottled",
                    "RequestExpired",
                    "RequestThrottled");

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private AwsFailures() {}

    /** The SDK has already tried a few times by itself. */
    public static Outcome outcome(SdkException failure) {
        if (!(failure instanceof AwsServiceException service)) {
            return new TryAgain("unreachable", "No answer: " + failure.getClass().getSimpleName());
        }
        String code =
                service.awsErrorDetails() == null
                        ? "HTTP " + service.statusCode()
                        : service.awsErrorDetails().errorCode();
        if (service.isThrottlingException() || code.contains("Throttl")) {
            return new TryAgain("throttled", "Answered " + code);
        }
        boolean clientError =
                service.statusCode() >= CLIENT_ERROR && service.statusCode() < SERVER_ERROR;
        if (clientError && !PASSING.contains(code) && !service.isClockSkewException()) {
            return new GiveUp("refused", "Answered " + code + ": " + service.getMessage());
        }
        return new TryAgain("server-error", "Answered " + code);
    }
}
