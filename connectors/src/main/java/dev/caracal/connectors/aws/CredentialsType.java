package dev.caracal.connectors.aws;

/** Where credentials come from; the names are those of Flink's AWS connectors. */
public enum CredentialsType {
    /** The SDK's default chain: environment, system properties, profile, container, instance. */
    AUTO,
    /** Access key id and secret key from the configuration. */
    BASIC,
    ENV_VAR,
    SYS_PROP,
    PROFILE,
    /** A role assumed with the credentials that {@code role.provider} names. */
    ASSUME_ROLE,
    /** A role assumed with a token file, as on Kubernetes. */
    WEB_IDENTITY_TOKEN
}
