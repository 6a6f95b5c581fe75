package dev.caracal.localaws.identity;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A role of an account: who may assume it, and what it grants.
 *
 * @param trusts the accounts whose keys may assume it; its own account always may
 * @param externalId what AssumeRole must bring along; null where nothing is asked
 * @param maxSessionSeconds the longest session, 3600 where IAM's default is left
 * @param topics names of its account's topics that it may create, set, subscribe to and delete
 */
public record Role(
        String accountId,
        String name,
        List<String> trusts,
        @Nullable String externalId,
        int maxSessionSeconds,
        List<Grant> grants,
        List<String> topics) {

    public Role {
        trusts = List.copyOf(trusts);
        grants = List.copyOf(grants);
        topics = List.copyOf(topics);
    }

    /**
     * The right to a bucket.
     *
     * @param prefixes the keys it reaches begin with one of these; empty means every key
     * @param notifications whether it reaches the bucket's notification configuration
     */
    public record Grant(
            String bucket, List<String> prefixes, boolean write, boolean notifications) {
        public Grant {
            prefixes = List.copyOf(prefixes);
        }

        /** Whether it reaches a key, or a listing under a prefix. */
        public boolean covers(String key) {
            return prefixes.isEmpty() || prefixes.stream().anyMatch(key::startsWith);
        }
    }

    public String arn() {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }

    /** The unique id that IAM would have given it, derived from the ARN. */
    public String id() {
        return "AROA" + SignedRequest.sha256(arn()).substring(0, 16).toUpperCase(Locale.ROOT);
    }

    /** Whether it reaches a topic, whichever the region. */
    public boolean managesTopic(String topicArn) {
        String[] arn = topicArn.split(":", 6);
        return arn[4].equals(accountId) && topics.contains(arn[5]);
    }

    boolean trusts(String account) {
        return account.equals(accountId) || trusts.contains(account);
    }

    @Override
    public String toString() {
        return arn();
    }
}
