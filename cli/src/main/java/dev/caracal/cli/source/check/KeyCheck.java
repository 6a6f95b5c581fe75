package dev.caracal.cli.source.check;

import dev.caracal.job.source.LogSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Whether the key that encrypts the objects can be used. */
final class KeyCheck {

    private static final String PART = "kms key";

    private KeyCheck() {}

    static Finding run(CheckClients clients, AwsCredentialsProvider role, LogSource source) {
        if (source.kmsKeyArn().isEmpty()) {
            return Finding.healthy(PART, "none");
        }
        String region = source.kmsKeyArn().split(":", 5)[3];
        Optional<KmsClient> kms = clients.kms(region, role);
        return kms.map(client -> describe(client, source))
                .orElseGet(() -> Finding.notChecked(PART, "there is no KMS at these endpoints"));
    }

    private static Finding describe(KmsClient kms, LogSource source) {
        try {
            KeyMetadata key =
                    kms.describeKey(request -> request.keyId(source.kmsKeyArn())).keyMetadata();
            return key.enabled()
                    ? Finding.healthy(PART, source.kmsKeyArn() + " is enabled")
                    : Finding.unhealthy(
                            PART,
                            source.kmsKeyArn() + " is " + key.keyStateAsString(),
                            "Enable the key, or name the one that encrypts the objects now: caracal"
                                    + " source update "
                                    + source.id()
                                    + " --kms-key ARN.");
        } catch (SdkException e) {
            return Finding.unhealthy(
                    PART,
                    source.kmsKeyArn() + " cannot be described",
                    e,
                    "Deploy `caracal source template "
                            + source.id()
                            + "`, which allows kms:DescribeKey and kms:Decrypt; the key's own policy"
                            + " must allow the role too.");
        }
    }
}
