package dev.caracal.localaws.identity;

import java.time.Instant;

/** An access key and what it stands for: an account, or a session of a role. */
public sealed interface Credential {
    String accessKeyId();

    String secret();

    String accountId();

    /** What GetCallerIdentity answers. */
    String arn();

    /** The unique id of user or session, as GetCallerIdentity answers it. */
    String userId();

    /** The long-lived key of an account: it may do everything with what the account owns. */
    record AccountKey(String accessKeyId, String secret, String accountId) implements Credential {
        @Override
        public String arn() {
            return "arn:aws:iam::" + accountId + ":root";
        }

        @Override
        public String userId() {
            return accountId;
        }

        @Override
        public String toString() {
            return "AccountKey[" + accessKeyId + ", account " + accountId + "]";
        }
    }

    /** What AssumeRole hands out: it may do what the role grants, until it expires. */
    record Session(
            String accessKeyId,
            String secret,
            String token,
            Role role,
            String sessionName,
            Instant expiration)
            implements Credential {
        @Override
        public String accountId() {
            return role.accountId();
        }

        @Override
        public String arn() {
            return "arn:aws:sts::%s:assumed-role/%s/%s"
                    .formatted(role.accountId(), role.name(), sessionName);
        }

        @Override
        public String userId() {
            return role.id() + ":" + sessionName;
        }

        @Override
        public String toString() {
            return "Session[" + accessKeyId + ", " + arn() + "]";
        }
    }
}
