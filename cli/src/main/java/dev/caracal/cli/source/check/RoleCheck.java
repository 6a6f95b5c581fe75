package dev.caracal.cli.source.check;

import dev.caracal.job.source.LogSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whether the log processing role can be assumed, and only by who knows the external id. */
final class RoleCheck {

    private static final String SESSION_NAME = "caracal-check";

    private final StsClient sts;
    private final LogSource source;
    private final List<Finding> findings = new ArrayList<>();

    RoleCheck(StsClient sts, LogSource source) {
        this.sts = sts;
        this.source = source;
    }

    List<Finding> findings() {
        return findings;
    }

    /** The credentials that the job would read with; null if there are none. */
    @Nullable AwsCredentialsProvider run(AwsCredentialsProvider own) {
        GetCallerIdentityResponse caller;
        try {
            caller = sts.getCallerIdentity();
        } catch (SdkException e) {
            findings.add(
                    Finding.unhealthy(
                            "credentials",
                            "your own are not accepted",
                            e,
                            "Log in to the account where Caracal runs, or name the job's"
                                    + " credentials with --config."));
            return null;
        }
        findings.add(Finding.healthy("credentials", caller.arn()));
        if (source.roleArn().isEmpty()) {
            findings.add(Finding.healthy("role", "none; the job reads with its own credentials"));
            return own;
        }
        AwsCredentialsProvider role = assume(caller);
        if (role != null) {
            findings.add(externalId(caller));
        }
        return role;
    }

    private @Nullable AwsCredentialsProvider assume(GetCallerIdentityResponse caller) {
        try {
            AwsCredentialsProvider role = assume(sts, source, source.externalId());
            findings.add(Finding.healthy("role", source.roleArn() + " is assumable"));
            return role;
        } catch (SdkException e) {
            findings.add(
                    Finding.unhealthy(
                            "role",
                            source.roleArn() + " is not assumable",
                            e,
                            "Deploy `caracal source template "
                                    + source.id()
                                    + "` in account "
                                    + source.accountId()
                                    + ": the role is not there, does not trust account "
                                    + caller.account()
                                    + ", or expects another external id. Else allow "
                                    + caller.arn()
                                    + " sts:AssumeRole on it."));
            return null;
        }
    }

    private Finding externalId(GetCallerIdentityResponse caller) {
        String part = "external id";
        if (source.externalId().isEmpty()) {
            return caller.account().equals(source.accountId())
                    ? Finding.healthy(part, "none; the role is of the same account")
                    : Finding.unhealthy(
                            part,
                            "none, though the role is of another account",
                            "Give one: caracal source update "
                                    + source.id()
                                    + " --external-id "
                                    + UUID.randomUUID()
                                    + ", then deploy the role's template.");
        }
        try {
            assume(sts, source, UUID.randomUUID().toString());
            return Finding.unhealthy(
                    part,
                    "the role can be assumed with a wrong one too",
                    "Deploy `caracal source template "
                            + source.id()
                            + "` in account "
                            + source.accountId()
                            + ": the role's trust policy has no condition on sts:ExternalId.");
        } catch (SdkException e) {
            return AwsFailure.isAccessDenied(e)
                    ? Finding.healthy(part, "a wrong one is refused")
                    : Finding.notChecked(part, AwsFailure.text(e));
        }
    }

    static AwsCredentialsProvider assume(StsClient sts, LogSource source, String externalId) {
        Credentials credentials =
                sts.assumeRole(
                                request ->
                                        request.roleArn(source.roleArn())
                                                .roleSessionName(SESSION_NAME)
                                                .externalId(
                                                        externalId.isEmpty() ? null : externalId))
                        .credentials();
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(
                        credentials.accessKeyId(),
                        credentials.secretAccessKey(),
                        credentials.sessionToken()));
    }
}
