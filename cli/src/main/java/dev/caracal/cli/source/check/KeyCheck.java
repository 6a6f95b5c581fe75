package dev.caracal.cli.source.check;

import dev.caracal.job.source.LogSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * Whether the key that encrypts the objects can be used.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">Using
 *     server-side encryption with AWS KMS keys</a>
 */
final class KeyCheck {

    private static final String PART = "kms key";

    private final LogSource source;

    KeyCheck(LogSource source) {
        this.source = source;
    }

    /**
     * Looks at the key.
     *
     * @param bucketRegion empty if it is not known
     */
    Finding run(CheckClients clients, AwsCredentialsProvider role, String bucketRegion) {
        if (source.kmsKeyArn().isEmpty()) {
            return Finding.healthy(PART, "none");
        }
        String region = source.kmsKeyArn().split(":", 5)[3];
        if (!bucketRegion.isEmpty() && !bucketRegion.equals(region)) {
            return Finding.unhealthy(
                    PART,
                    source.kmsKeyArn()
                            + " is in "
                            + region
                            + " and the bucket in "
                            + bucketRegion
                            + ": it encrypts none of its objects",
                    otherKey());
        }
        Optional<KmsClient> kms = clients.kms(region, role);
        return kms.map(this::describe)
                .orElseGet(() -> Finding.notChecked(PART, "there is no KMS at these endpoints"));
    }

    private Finding describe(KmsClient client) {
        try (KmsClient kms = client) {
            KeyMetadata key =
                    kms.describeKey(request -> request.keyId(source.kmsKeyArn())).keyMetadata();
            return key.enabled()
                    ? Finding.healthy(PART, source.kmsKeyArn() + " is enabled")
                    : Finding.unhealthy(
                            PART,
                            source.kmsKeyArn() + " is " + key.keyStateAsString(),
                            stateRemedy(key));
        } catch (SdkException e) {
            return Finding.unhealthy(
                    PART,
                    source.kmsKeyArn() + " cannot be described",
                    e,
                    AwsFailure.hasCode(e, "NotFoundException")
                            ? "There is no such key. " + otherKey()
                            : refusalRemedy(source));
        }
    }

    private String stateRemedy(KeyMetadata key) {
        return switch (key.keyState()) {
            case DISABLED ->
                    "Enable it, or nothing that it encrypts can be read: aws kms enable-key --key-id "
                            + source.kmsKeyArn();
            case PENDING_DELETION ->
                    "Keep it, or what it encrypts is lost: aws kms cancel-key-deletion --key-id "
                            + source.kmsKeyArn()
                            + ", then aws kms enable-key.";
            default -> otherKey();
        };
    }

    private String otherKey() {
        return "Name the key that encrypts the objects: caracal source update "
                + source.id()
                + " --kms-key ARN. `aws s3api get-bucket-encryption --bucket "
                + source.bucket()
                + "` tells which; then deploy the role's template.";
    }

    /**
     * What lets the role use the key. Both policies must: that of the role, and that of the key.
     */
    static String refusalRemedy(LogSource source) {
        String account = source.kmsKeyArn().split(":", 6)[4];
        String owner =
                account.equals(source.accountId())
                        ? "the key's own policy"
                        : "the key's own policy, in account " + account + ',';
        return "Deploy `caracal source template "
                + source.id()
                + "`, which allows kms:DescribeKey and kms:Decrypt with "
                + source.kmsKeyArn()
                + "; "
                + owner
                + " must allow the role too.";
    }
}
