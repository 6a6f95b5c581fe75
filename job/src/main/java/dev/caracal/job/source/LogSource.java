package dev.caracal.job.source;

import java.util.List;

/**
 * An onboarded bucket: who owns it, what lies in it, and the role that may read it. {@link
 * LogSourceRules} says what each value must look like.
 *
 * @param id never changes, unlike the name; letters, digits, {@code -} and {@code _}
 * @param name label for people, 1 to 32 letters, digits, spaces and hyphens
 * @param accountId 12 digits, the account that owns the bucket and its topic
 * @param prefixLogTypes what lies under which prefix; the longest matching prefix counts
 * @param excludedPrefixes beginnings of keys that are passed over
 * @param roleArn the log processing role; empty reads with the job's own credentials
 * @param externalId sent when assuming the role; empty sends none
 * @param kmsKeyArn the key that encrypts the objects; empty if none
 * @param dropOffMinutes how long the log source may send no event before that is an alarm; 0 for no
 *     alarm
 * @param destinations names or ids of where alarms about the log source itself go; empty for the
 *     usual ones
 * @param managedNotifications whether {@code caracal source} sets up the bucket's notifications
 *     through the role, and takes them down again
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
        String kmsKeyArn,
        int dropOffMinutes,
        List<String> destinations,
        boolean managedNotifications) {

    public LogSource {
        LogSourceRules.checkId(id);
        LogSourceRules.checkName(name);
        LogSourceRules.checkAccountId(accountId);
        LogSourceRules.checkBucket(bucket);
        if (!roleArn.isEmpty()) {
            LogSourceRules.checkRoleArn(roleArn);
        }
        if (!externalId.isEmpty()) {
            LogSourceRules.checkExternalId(externalId);
        }
        if (!kmsKeyArn.isEmpty()) {
            LogSourceRules.checkKmsKeyArn(kmsKeyArn);
        }
        LogSourceRules.checkDropOffMinutes(dropOffMinutes);
        prefixLogTypes = List.copyOf(prefixLogTypes);
        excludedPrefixes = List.copyOf(excludedPrefixes);
        destinations = List.copyOf(destinations);
        excludedPrefixes.forEach(prefix -> LogSourceRules.checkPrefix("excludedPrefixes", prefix));
        destinations.forEach(LogSourceRules::checkDestination);
        if (prefixLogTypes.isEmpty()) {
            throw new IllegalArgumentException("prefixLogTypes is empty; list at least one entry");
        }
        long distinct = prefixLogTypes.stream().map(PrefixLogTypes::prefix).distinct().count();
        if (distinct < prefixLogTypes.size()) {
            throw new IllegalArgumentException("prefixLogTypes has the same prefix twice");
        }
    }

    /**
     * The prefixes without those that begin with another one: together they cover the same keys.
     */
    public List<String> reducedPrefixes() {
        List<String> all = prefixLogTypes.stream().map(PrefixLogTypes::prefix).toList();
        return all.stream()
                .filter(
                        prefix ->
                                all.stream()
                                        .noneMatch(
                                                other ->
                                                        !other.equals(prefix)
                                                                && prefix.startsWith(other)))
                .toList();
    }

    /** Leaves out the external id, which is a secret between the two accounts. */
    @Override
    public String toString() {
        return "LogSource[id=" + id + ", name=" + name + ", bucket=" + bucket + "]";
    }
}
