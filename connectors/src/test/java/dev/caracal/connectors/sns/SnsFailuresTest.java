package dev.caracal.connectors.sns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnsFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "InvalidParameter, true, true",
        "SomethingNew, true, true",
        "KMSAccessDenied, false, true",
        "Throttled, true, false",
        "Throttling, false, false",
        "InternalError, false, false",
    })
    void aMessageIsRefusedWhenSnsBlamesOrForbidsIt(
            String code, boolean senderFault, boolean fatal) {
        assertThat(SnsFailures.isFatal(new SnsTopic.Failure(0, code, "", senderFault)))
                .isEqualTo(fatal);
    }
}
