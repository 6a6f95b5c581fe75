package dev.caracal.connectors.aws;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * The options of one credentials provider, all under one prefix.
 *
 * <p>They exist twice: for the job's credentials, and for those with which the job assumes its role
 * when the type is {@link CredentialsType#ASSUME_ROLE}.
 */
public final class CredentialsOptions {

    public final ConfigOption<CredentialsType> type;
    public final ConfigOption<String> accessKeyId;
    public final ConfigOption<String> secretKey;
    public final ConfigOption<String> profileName;
    public final ConfigOption<String> profilePath;
    public final ConfigOption<String> roleArn;
    public final ConfigOption<String> roleSessionName;
    public final ConfigOption<String> roleExternalId;
    public final ConfigOption<String> roleStsEndpoint;
    public final ConfigOption<String> webIdentityTokenFile;

    CredentialsOptions(String prefix) {
        type =
                key(prefix)
                        .enumType(CredentialsType.class)
                        .defaultValue(CredentialsType.AUTO)
                        .withDescription("Where the credentials come from.");
        accessKeyId = text(prefix, "basic.accesskeyid", "Access key id, for BASIC.");
        secretKey = text(prefix, "basic.secretkey", "Secret key, for BASIC.");
        profileName = text(prefix, "profile.name", "Profile, for PROFILE; else the default one.");
        profilePath = text(prefix, "profile.path", "Profile file, for PROFILE.");
        roleArn = text(prefix, "role.arn", "Role, for ASSUME_ROLE and WEB_IDENTITY_TOKEN.");
        roleSessionName =
                key(prefix + ".role.sessionName")
                        .stringType()
                        .defaultValue("caracal")
                        .withDescription("Session name, as it appears in CloudTrail.");
        roleExternalId = text(prefix, "role.externalId", "External id, for ASSUME_ROLE.");
        roleStsEndpoint =
                text(
                        prefix,
                        "role.stsEndpoint",
                        "STS endpoint for the role; else aws.sts.endpoint.");
        webIdentityTokenFile =
                text(prefix, "webIdentityToken.file", "Token file, for WEB_IDENTITY_TOKEN.");
    }

    private static ConfigOption<String> text(String prefix, String name, String description) {
        return key(prefix + '.' + name).stringType().noDefaultValue().withDescription(description);
    }

    List<ConfigOption<?>> all() {
        return List.of(
                type,
                accessKeyId,
                secretKey,
                profileName,
                profilePath,
                roleArn,
                roleSessionName,
                roleExternalId,
                roleStsEndpoint,
                webIdentityTokenFile);
    }

    /** Those whose values are never shown. */
    List<ConfigOption<?>> secrets() {
        return List.of(accessKeyId, secretKey, roleExternalId);
    }
}
