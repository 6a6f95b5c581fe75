package dev.caracal.localaws;

import static dev.caracal.localaws.TestCloud.CARACAL_KEY;
import static dev.caracal.localaws.TestCloud.CUSTOMER_KEY;
import static dev.caracal.localaws.TestCloud.EXTERNAL_ID;
import static dev.caracal.localaws.TestCloud.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

class StsTest {
    private static TestCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void aSessionIsIssuedForAsLongAsAsked() {
        AssumeRoleResponse response =
                cloud.sts(CARACAL_KEY)
                        .assumeRole(
                                a ->
                                        a.roleArn(READER)
                                                .roleSessionName("caracal")
                                                .externalId(EXTERNAL_ID)
                                                .durationSeconds(900));
        assertThat(response.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::111111111111:assumed-role/Reader/caracal");
        assertThat(response.credentials().accessKeyId()).startsWith("ASIA").hasSize(20);
        assertThat(response.credentials().expiration())
                .isCloseTo(Instant.now().plusSeconds(900), within(60, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource({
        "Reader,      wrong-id,               caracal,  3600, AccessDenied",
        "Reader,      ,                       caracal,  3600, AccessDenied",
        "NoSuchRole,  external-id-of-caracal, caracal,  3600, AccessDenied",
        "Distrustful, external-id-of-caracal, caracal,  3600, AccessDenied",
        "Reader,      external-id-of-caracal, no space, 3600, ValidationError",
        "Reader,      external-id-of-caracal, x,        3600, ValidationError",
        "Reader,      external-id-of-caracal, caracal,  899,  ValidationError",
        "Reader,      external-id-of-caracal, caracal,  3601, ValidationError",
    })
    void refuses(String role, String externalId, String sessionName, int seconds, String code) {
        assertThatThrownBy(
                        () ->
                                cloud.sts(CARACAL_KEY)
                                        .assumeRole(
                                                a ->
                                                        a.roleArn(
                                                                        "arn:aws:iam::111111111111:role/"
                                                                                + role)
                                                                .roleSessionName(sessionName)
                                                                .externalId(externalId)
                                                                .durationSeconds(seconds)))
                .isInstanceOfSatisfying(
                        StsException.class,
                        e -> {
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                            assertThat(e.getMessage()).doesNotContain(EXTERNAL_ID);
                        });
    }

    @Test
    void theCallerLearnsWhoItIs() {
        GetCallerIdentityResponse account = cloud.sts(CUSTOMER_KEY).getCallerIdentity();
        assertThat(account.account()).isEqualTo(TestCloud.CUSTOMER);
        assertThat(account.arn()).isEqualTo("arn:aws:iam::111111111111:root");
        GetCallerIdentityResponse session = cloud.sts(cloud.assume(READER)).getCallerIdentity();
        assertThat(session.arn())
                .isEqualTo("arn:aws:sts::111111111111:assumed-role/Reader/caracal");
        assertThat(session.userId()).startsWith("AROA").endsWith(":caracal");
    }

    @ParameterizedTest
    @CsvSource({
        "AKIANOBODY,   x,       InvalidClientTokenId",
        "AKIACUSTOMER, guessed, SignatureDoesNotMatch",
    })
    void wrongKeysAreRefused(String id, String secret, String code) {
        assertThatThrownBy(
                        () -> cloud.sts(AwsBasicCredentials.create(id, secret)).getCallerIdentity())
                .isInstanceOfSatisfying(
                        StsException.class,
                        e -> {
                            assertThat(e.statusCode()).isEqualTo(403);
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                        });
    }
}
