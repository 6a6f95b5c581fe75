package dev.caracal.job.detect;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.dynamodb.KeyValueTable;
import dev.caracal.rules.EmbeddedRuleCache;
import dev.caracal.rules.RuleCache;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a job's rules remember things; travels to the tasks.
 *
 * @param folder of the embedded cache; empty for one in the task's temporary folder
 * @param table in DynamoDB, in place of the embedded cache; empty if there is none
 * @param timeout of a call to DynamoDB, with all its attempts
 */
public record RuleCacheSettings(String folder, String table, Duration timeout, AwsSettings aws)
        implements Serializable {

    public RuleCacheSettings {
        Objects.requireNonNull(folder, "folder is null");
        Objects.requireNonNull(table, "table is null");
        Objects.requireNonNull(aws, "aws is null");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + ", expected more than 0");
        }
    }

    /** The cache, which the caller closes. */
    RuleCache open() {
        return table.isEmpty()
                ? EmbeddedRuleCache.open(folder.isEmpty() ? temporaryFolder() : Path.of(folder))
                : new DynamoDbRuleCache(new KeyValueTable(table, timeout, aws));
    }

    private static Path temporaryFolder() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "caracal-rule-cache-" + System.getProperty("user.name"));
    }
}
