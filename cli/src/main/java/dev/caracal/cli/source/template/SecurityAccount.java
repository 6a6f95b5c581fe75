package dev.caracal.cli.source.template;

import dev.caracal.job.source.LogSourceRules;

/**
 * Where Caracal runs. What is empty is asked when a template is deployed.
 *
 * @param accountId 12 digits, or empty
 * @param region of the queue, or empty
 * @param queueName of the queue that notifications arrive in
 */
public record SecurityAccount(String accountId, String region, String queueName) {

    /** The queue's usual name. */
    public static final String QUEUE_NAME = "caracal-notifications";

    public SecurityAccount {
        if (!accountId.isEmpty()) {
            LogSourceRules.checkAccountId(accountId);
        }
        if (queueName.isEmpty()) {
            throw new IllegalArgumentException("queueName is empty; expected " + QUEUE_NAME);
        }
    }
}
