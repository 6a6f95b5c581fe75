package dev.caracal.cli.managed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;

/**
 * A place in S3, as an IAM policy names it.
 *
 * @param prefix of all keys there; empty, or ends with a slash
 */
record BucketPlace(String bucket, String prefix) {

    private static final Pattern FORM =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]+)(?:/+([^*?$]*?))?/*");

    /**
     * @throws IllegalArgumentException if the location is not {@code s3://bucket/prefix}
     */
    static BucketPlace of(ConfigOption<String> option, String location) {
        Matcher matcher = FORM.matcher(location);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    option.key()
                            + " is \""
                            + location
                            + "\"; on Managed Flink it must be s3://bucket/prefix, without * ? $");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        return new BucketPlace(matcher.group(1), prefix.isEmpty() ? "" : prefix + '/');
    }

    String bucketArn() {
        return "arn:${AWS::Partition}:s3:::" + bucket;
    }
}
