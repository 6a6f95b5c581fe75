package dev.caracal.connectors.aws;

import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Builds the credentials provider that the options ask for. */
final class CredentialsProviders {

    private CredentialsProviders() {}

    static void check(AwsSettings settings, CredentialsOptions options) {
        CredentialsType type = settings.get(options.type);
        switch (type) {
            case AUTO, ENV_VAR, SYS_PROP, PROFILE, WEB_IDENTITY_TOKEN -> {}
            case BASIC -> {
                settings.require(options.accessKeyId, type);
                settings.require(options.secretKey, type);
            }
            case ASSUME_ROLE -> {
                settings.require(options.roleArn, type);
                if (options == AwsOptions.ROLE_CREDENTIALS) {
                    throw new IllegalArgumentException(
                            options.type.key() + " is ASSUME_ROLE, expected one that is no role");
                }
                check(settings, AwsOptions.ROLE_CREDENTIALS);
            }
        }
    }

    static AwsCredentialsProvider create(AwsSettings settings, CredentialsOptions options) {
        CredentialsType type = settings.get(options.type);
        return switch (type) {
            case AUTO -> DefaultCredentialsProvider.builder().build();
            case BASIC ->
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(
                                    settings.require(options.accessKeyId, type),
                                    settings.require(options.secretKey, type)));
            case ENV_VAR -> EnvironmentVariableCredentialsProvider.create();
            case SYS_PROP -> SystemPropertyCredentialsProvider.create();
            case PROFILE -> profile(settings, options);
            case ASSUME_ROLE -> RoleCredentials.assume(settings, options);
            case WEB_IDENTITY_TOKEN -> webIdentity(settings, options);
        };
    }

    private static AwsCredentialsProvider profile(
            AwsSettings settings, CredentialsOptions options) {
        ProfileCredentialsProvider.Builder profile = ProfileCredentialsProvider.builder();
        settings.find(options.profileName).ifPresent(profile::profileName);
        settings.find(options.profilePath)
                .map(
                        path ->
                                ProfileFile.builder()
                                        .content(Path.of(path))
                                        .type(ProfileFile.Type.CREDENTIALS)
                                        .build())
                .ifPresent(profile::profileFile);
        return profile.build();
    }

    private static AwsCredentialsProvider webIdentity(
            AwsSettings settings, CredentialsOptions options) {
        WebIdentityTokenFileCredentialsProvider.Builder token =
                WebIdentityTokenFileCredentialsProvider.builder()
                        .roleSessionName(settings.get(options.roleSessionName));
        settings.find(options.roleArn).ifPresent(token::roleArn);
        settings.find(options.webIdentityTokenFile)
                .map(Path::of)
                .ifPresent(token::webIdentityTokenFile);
        return token.build();
    }

    /**
     * A role's session; closes the STS client that it owns. It is not renewed in the background, as
     * the SDK's thread for it never ends and would keep the class loader of a cancelled job.
     */
    private record RoleCredentials(StsAssumeRoleCredentialsProvider session, StsClient sts)
            implements AwsCredentialsProvider, SdkAutoCloseable {

        static RoleCredentials assume(AwsSettings settings, CredentialsOptions options) {
            StsClient sts = sts(settings, options);
            return new RoleCredentials(
                    StsAssumeRoleCredentialsProvider.builder()
                            .stsClient(sts)
                            .refreshRequest(
                                    request -> {
                                        request.roleArn(settings.get(options.roleArn))
                                                .roleSessionName(
                                                        settings.get(options.roleSessionName));
                                        settings.find(options.roleExternalId)
                                                .ifPresent(request::externalId);
                                    })
                            .build(),
                    sts);
        }

        private static StsClient sts(AwsSettings settings, CredentialsOptions options) {
            var sts =
                    settings.configure(
                            StsClient.builder()
                                    .httpClientBuilder(defaults -> settings.httpClient()),
                            AwsService.STS,
                            create(settings, AwsOptions.ROLE_CREDENTIALS));
            settings.find(options.roleStsEndpoint)
                    .map(AwsSettings::parseEndpoint)
                    .ifPresent(sts::endpointOverride);
            return sts.build();
        }

        @Override
        public AwsCredentials resolveCredentials() {
            return session.resolveCredentials();
        }

        @Override
        public void close() {
            session.close();
            sts.close();
        }

        @Override
        public String toString() {
            return "RoleCredentials";
        }
    }
}
