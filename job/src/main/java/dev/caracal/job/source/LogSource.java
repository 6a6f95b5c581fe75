package dev.caracal.job.source;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An onboarded bucket: who owns it, what lies in it, and the role that may read it.
 *
 * @param id never changes, unlike the name; letters, digits, {@code -} and {@code _}
 * @param name label for people, 1 to 32 letters, digits, spaces and hyphens
 * @param accountId 12 digits, the account that owns the bucket and its topic
 * @param prefixLogTypes what lies under which prefix; the longest matching prefix counts
 * @param excludedPrefixes beginnings of keys that are passed over
 * @param roleArn the log processing role; empty reads with the job's own credentials
 * @param externalId sent when assuming the role; empty sends none
 * @param kmsKeyArn the key that encrypts the objects; empty if none
 */
public record LogSource(
        String id,
        String name,
        String accountId,
        String bucket,
        List<PrefixLogTypes> prefixLogTypes,
        List<String> excludedPrefixes,
        String roleArn,
        String externalId,
        String kmsKeyArn) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 -]{1,32}");
    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/.{1,512}");
    private static final Pattern KMS_KEY_ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/.+");

    public LogSource {
        check("id", id, ID, "1 to 64 letters, digits, '-' or '_'");
        check("name", name, NAME, "1 to 32 letters, digits, spaces or hyphens");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is blank; give the source a label");
        }
        check("accountId", accountId, ACCOUNT_ID, "12 digits, such as 123456789012");
        check("bucket", bucket, BUCKET, "a bucket name, such as example-logs");
        if (!roleArn.isEmpty()) {
            check("roleArn", roleArn, ROLE_ARN, "such as arn:aws:iam::123456789012:role/Name");
        }
        if (!kmsKeyArn.isEmpty()) {
            check("kmsKeyArn", kmsKeyArn, KMS_KEY_ARN, "arn:aws:kms:REGION:ACCOUNT:key/ID");
        }
        Objects.requireNonNull(externalId, "externalId is null");
        prefixLogTypes = List.copyOf(prefixLogTypes);
        excludedPrefixes = List.copyOf(excludedPrefixes);
        if (prefixLogTypes.isEmpty()) {
            throw new IllegalArgumentException("prefixLogTypes is empty; list at least one entry");
        }
        long distinct = prefixLogTypes.stream().map(PrefixLogTypes::prefix).distinct().count();
        if (distinct < prefixLogTypes.size()) {
            throw new IllegalArgumentException("prefixLogTypes has the same prefix twice");
        }
    }

    private static void check(String field, String value, Pattern pattern, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field + " is \"" + value + "\"; expected " + expected);
        }
    }

    /** Leaves out the external id, which is a secret between the two accounts. */
    @Override
    public String toString() {
        return "LogSource[id=" + id + ", name=" + name + ", bucket=" + bucket + "]";
    }
}
