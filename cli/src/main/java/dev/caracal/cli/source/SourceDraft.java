package dev.caracal.cli.source;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSourceRules;
import dev.caracal.job.source.PrefixLogTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log source as far as it is known. */
final class SourceDraft {

    String id = "";
    String name = "";
    String accountId = "";
    String bucket = "";
    List<PrefixLogTypes> prefixLogTypes = new ArrayList<>();
    @Nullable List<String> excludedPrefixes;
    @Nullable String roleArn;
    @Nullable String externalId;
    @Nullable String kmsKeyArn;
    @Nullable Integer dropOffMinutes;
    @Nullable List<String> destinations;
    boolean managedNotifications;

    SourceDraft() {}

    SourceDraft(LogSource source) {
        id = source.id();
        name = source.name();
        accountId = source.accountId();
        bucket = source.bucket();
        prefixLogTypes = new ArrayList<>(source.prefixLogTypes());
        excludedPrefixes = source.excludedPrefixes();
        roleArn = source.roleArn();
        externalId = source.externalId();
        kmsKeyArn = source.kmsKeyArn();
        dropOffMinutes = source.dropOffMinutes();
        destinations = source.destinations();
        managedNotifications = source.managedNotifications();
    }

    /** The options that are needed and were not given. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (name.isEmpty()) {
            missing.add("--name");
        }
        if (accountId.isEmpty()) {
            missing.add("--account-id");
        }
        if (bucket.isEmpty()) {
            missing.add("--bucket");
        }
        if (prefixLogTypes.isEmpty()) {
            missing.add("--log-type (or --prefix PREFIX=TYPE)");
        }
        return missing;
    }

    /**
     * The log source. What was left open becomes the usual: the role by its usual name, an external
     * id that nobody can guess, no key and no alarm.
     *
     * @throws WrongUsageException with everything that is wrong
     */
    LogSource build(String partition) {
        List<String> problems = new ArrayList<>();
        check(name, LogSourceRules::checkName, problems);
        check(accountId, LogSourceRules::checkAccountId, problems);
        check(bucket, LogSourceRules::checkBucket, problems);
        checkIfGiven(roleArn, LogSourceRules::checkRoleArn, problems);
        checkIfGiven(externalId, LogSourceRules::checkExternalId, problems);
        checkIfGiven(kmsKeyArn, LogSourceRules::checkKmsKeyArn, problems);
        if (!problems.isEmpty()) {
            throw new WrongUsageException(String.join("\n         ", problems));
        }
        String role = roleArn == null ? SourceNames.roleArn(partition, accountId, name) : roleArn;
        try {
            return new LogSource(
                    id,
                    name,
                    accountId,
                    bucket,
                    prefixLogTypes,
                    excludedPrefixes == null ? List.of() : excludedPrefixes,
                    role,
                    externalId(role),
                    kmsKeyArn == null ? "" : kmsKeyArn,
                    dropOffMinutes == null ? 0 : dropOffMinutes,
                    destinations == null ? List.of() : destinations,
                    managedNotifications);
        } catch (IllegalArgumentException e) {
            throw new WrongUsageException(String.valueOf(e.getMessage()));
        }
    }

    private String externalId(String role) {
        if (externalId != null) {
            return externalId;
        }
        return role.isEmpty() ? "" : UUID.randomUUID().toString();
    }

    private static void checkIfGiven(
            @Nullable String value, Consumer<String> rule, List<String> problems) {
        if (value != null && !value.isEmpty()) {
            check(value, rule, problems);
        }
    }

    private static void check(String value, Consumer<String> rule, List<String> problems) {
        try {
            rule.accept(value);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
