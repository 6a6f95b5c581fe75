package dev.caracal.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "AccessDenied, true",
        "QueueDoesNotExist, true",
        "AWS.SimpleQueueService.NonExistentQueue, true",
        "SignatureDoesNotMatch, true",
        "RequestThrottled, false",
        "ExpiredToken, false",
        "InternalError, false",
        "OverLimit, false",
    })
    void onlyWhatTryingAgainDoesNotMendFailsTheJob(String code, boolean fatal) {
        var failure =
                SqsException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                        .build();

        assertThat(SqsFailures.isFatal(failure)).isEqualTo(fatal);
        assertThat(SqsFailures.isFatal(SdkClientException.create("no route"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ReceiptHandleIsInvalid, true, true",
        "InvalidParameterValue, true, true",
        "MessageNotInflight, true, true",
        "ThrottlingException, true, false",
        "RequestThrottled, true, false",
        "InternalError, false, false",
    })
    void aHandleIsGoneWhenSqsBlamesIt(String code, boolean senderFault, boolean gone) {
        assertThat(SqsFailures.isGone(code, senderFault)).isEqualTo(gone);
    }
}
