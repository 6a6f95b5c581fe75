package dev.caracal.cli.source;

import java.util.Locale;

/** The names that follow from a log source's name. */
public final class SourceNames {

    /**
     * Beginning of the names that log processing roles are given. The job may assume roles that
     * have {@code LogProcessingRole-} in their names, and no others.
     */
    public static final String ROLE_PREFIX = "CaracalLogProcessingRole-";

    /** Beginning of the names of queues whose messages are log records; the job may read these. */
    public static final String QUEUE_PREFIX = "caracal-source-";

    private SourceNames() {}

    /** The topic of a bucket whose notifications are managed; names of topics have no dots. */
    public static String managedTopic(String bucket) {
        return "caracal-managed-" + bucket.replace('.', '_');
    }

    /** Lower case, with hyphens for spaces. */
    static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    static String roleName(String name) {
        return ROLE_PREFIX + normalized(name);
    }

    static String roleArn(String partition, String accountId, String name) {
        return "arn:" + partition + ":iam::" + accountId + ":role/" + roleName(name);
    }

    /** Of the CloudFormation stack with the role. */
    static String stackName(String name) {
        return "caracal-log-analysis-setup-" + normalized(name);
    }
}
