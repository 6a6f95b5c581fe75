package dev.caracal.rules.lookup;

import java.time.Duration;
import java.util.Objects;

/** Where the data of a lookup table is. */
public sealed interface LookupData {

    /**
     * A file that lies with the definition.
     *
     * @param path as the definition's own is, for example {@code lookup_tables/hosts.csv}
     */
    record File(String path) implements LookupData {
        public File {
            Objects.requireNonNull(path, "path is null");
        }
    }

    /**
     * An S3 object that is read again and again.
     *
     * @param roleArn the role that may read it; empty for the job's own credentials
     */
    record Object(String roleArn, String bucket, String key, Duration period)
            implements LookupData {
        public Object {
            Objects.requireNonNull(roleArn, "roleArn is null");
            Objects.requireNonNull(bucket, "bucket is null");
            Objects.requireNonNull(key, "key is null");
            Objects.requireNonNull(period, "period is null");
        }

        @Override
        public String toString() {
            return "s3://" + bucket + '/' + key;
        }
    }

    /**
     * Nowhere that can be read here.
     *
     * @param reason what the data comes from instead, in a few words
     */
    record Elsewhere(String reason) implements LookupData {
        public Elsewhere {
            Objects.requireNonNull(reason, "reason is null");
        }
    }
}
