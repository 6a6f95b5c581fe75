package dev.caracal.job.source;

import java.util.List;

/**
 * An SQS queue whose messages are log records themselves, one or several in each.
 *
 * @param id never changes, unlike the name; letters, digits, {@code -} and {@code _}
 * @param name label for people, 1 to 32 letters, digits, spaces and hyphens
 * @param queueUrl of a queue in the job's own region that the job's credentials may read
 * @param logTypes at least one log type name, in the order in which they are tried
 * @param logStream name of the log stream that cuts the messages, {@code auto} by default
 * @param allowedPrincipals ARNs of accounts and roles that may send; the queue's policy names them
 * @param allowedSourceArns ARNs of topics, rules or buckets that may send; wildcards are allowed
 * @param dropOffMinutes how long the queue may bring no event before that is an alarm; 0 for no
 *     alarm
 * @param destinations names or ids of where alarms about the log source itself go; empty for the
 *     usual ones
 */
public record QueueSource(
        String id,
        String name,
        String queueUrl,
        List<String> logTypes,
        String logStream,
        List<String> allowedPrincipals,
        List<String> allowedSourceArns,
        int dropOffMinutes,
        List<String> destinations) {

    /** The {@code type} that its file has; a bucket's needs none. */
    public static final String TYPE = "sqs";

    public QueueSource {
        LogSourceRules.checkId(id);
        LogSourceRules.checkName(name);
        LogSourceRules.checkQueueUrl(queueUrl);
        LogSourceRules.checkDropOffMinutes(dropOffMinutes);
        if (logTypes.isEmpty()) {
            throw new IllegalArgumentException("logTypes is empty; name at least one log type");
        }
        allowedPrincipals.forEach(LogSourceRules::checkPrincipal);
        allowedSourceArns.forEach(LogSourceRules::checkSourceArn);
        destinations.forEach(LogSourceRules::checkDestination);
        logTypes = List.copyOf(logTypes);
        allowedPrincipals = List.copyOf(allowedPrincipals);
        allowedSourceArns = List.copyOf(allowedSourceArns);
        destinations = List.copyOf(destinations);
    }

    /** The last part of the queue's URL. */
    public String queueName() {
        return queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    }
}
