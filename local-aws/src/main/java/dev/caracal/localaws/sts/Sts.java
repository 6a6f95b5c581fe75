package dev.caracal.localaws.sts;

import dev.caracal.localaws.faults.Counters;
import dev.caracal.localaws.faults.Fault;
import dev.caracal.localaws.faults.Faults;
import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.Query;
import dev.caracal.localaws.http.QueryServer;
import dev.caracal.localaws.http.XmlWriter;
import dev.caracal.localaws.identity.Credential;
import dev.caracal.localaws.identity.Identities;
import dev.caracal.localaws.identity.Role;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * STS: AssumeRole and GetCallerIdentity.
 *
 * <p>A role that does not exist, one that does not trust the caller and a wrong external id are all
 * refused alike, with AccessDenied, as AWS does it. Session policies and tags are not known.
 */
public final class Sts implements QueryServer.Service {
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    /** AWS's bounds of a session's duration; the role's own maximum may be lower. */
    private static final int MIN_SECONDS = 900;

    private static final int DEFAULT_SECONDS = 3600;

    private final Identities identities;
    private final Faults faults;
    private final Counters counters;

    public Sts(Identities identities, Faults faults, Counters counters) {
        this.identities = identities;
        this.faults = faults;
        this.counters = counters;
    }

    @Override
    public String namespace() {
        return "https://sts.amazonaws.com/doc/2011-06-15/";
    }

    @Override
    public Consumer<XmlWriter> answer(Query query, Optional<QueryServer.Caller> caller) {
        counters.count("sts", query.action());
        if (faults.strike(Fault.Kind.STS_REFUSAL).isPresent()) {
            throw new AwsError(403, "AccessDenied", "Refused by a fault that is switched on.");
        }
        Credential known =
                caller.map(QueryServer.Caller::credential)
                        .orElseThrow(
                                () ->
                                        new AwsError(
                                                403,
                                                "MissingAuthenticationToken",
                                                "Request is missing Authentication Token"));
        return switch (query.action()) {
            case "AssumeRole" -> assumeRole(query, known);
            case "GetCallerIdentity" -> callerIdentity(known);
            default ->
                    throw new AwsError(
                            400,
                            "InvalidAction",
                            "Could not find operation " + query.action() + " here.");
        };
    }

    private Consumer<XmlWriter> assumeRole(Query query, Credential caller) {
        String arn = query.require("RoleArn");
        String sessionName = query.require("RoleSessionName");
        Optional<String> externalId = query.get("ExternalId");
        if (!SESSION_NAME.matcher(sessionName).matches()) {
            throw invalid("roleSessionName", SESSION_NAME);
        }
        if (externalId.isPresent() && !EXTERNAL_ID.matcher(externalId.get()).matches()) {
            throw invalid("externalId", EXTERNAL_ID);
        }
        Role role =
                identities
                        .role(arn)
                        .filter(known -> identities.mayAssume(caller, known, externalId))
                        .orElseThrow(
                                () ->
                                        new AwsError(
                                                403,
                                                "AccessDenied",
                                                "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                                                        .formatted(caller.arn(), arn)));
        Credential.Session session = identities.issue(role, sessionName, duration(query, role));
        return xml ->
                xml.element(
                                "AssumedRoleUser",
                                user ->
                                        user.text("AssumedRoleId", session.userId())
                                                .text("Arn", session.arn()))
                        .element(
                                "Credentials",
                                credentials ->
                                        credentials
                                                .text("AccessKeyId", session.accessKeyId())
                                                .text("SecretAccessKey", session.secret())
                                                .text("SessionToken", session.token())
                                                .text(
                                                        "Expiration",
                                                        session.expiration()
                                                                .truncatedTo(ChronoUnit.SECONDS)
                                                                .toString()));
    }

    private static Duration duration(Query query, Role role) {
        String asked = query.get("DurationSeconds").orElse(String.valueOf(DEFAULT_SECONDS));
        int seconds;
        try {
            seconds = Integer.parseInt(asked);
        } catch (NumberFormatException e) {
            throw new AwsError(
                    400, "ValidationError", "DurationSeconds is '" + asked + "', not a number");
        }
        if (seconds < MIN_SECONDS || seconds > role.maxSessionSeconds()) {
            throw new AwsError(
                    400,
                    "ValidationError",
                    "The requested DurationSeconds %d is not between %d and the MaxSessionDuration %d set for this role."
                            .formatted(seconds, MIN_SECONDS, role.maxSessionSeconds()));
        }
        return Duration.ofSeconds(seconds);
    }

    private static Consumer<XmlWriter> callerIdentity(Credential caller) {
        return xml ->
                xml.text("Arn", caller.arn())
                        .text("UserId", caller.userId())
                        .text("Account", caller.accountId());
    }

    private static AwsError invalid(String parameter, Pattern expected) {
        return new AwsError(
                400,
                "ValidationError",
                "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must satisfy regular expression pattern: %s"
                        .formatted(parameter, expected));
    }
}
