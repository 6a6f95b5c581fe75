package dev.caracal.connectors.secrets;

import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets of AWS Secrets Manager, in their current version. */
final class SecretsManagerStore implements SecretStore {

    private final AwsClients clients;
    private final Map<String, SecretsManagerClient> clientsByRegion = new ConcurrentHashMap<>();

    SecretsManagerStore(AwsSettings aws) {
        this.clients = new AwsClients(aws);
    }

    @Override
    public Optional<String> find(SecretReference reference) throws SecretException {
        try {
            return Optional.ofNullable(
                    clientsByRegion
                            .computeIfAbsent(reference.region(), clients::secretsManager)
                            .getSecretValue(request -> request.secretId(reference.name()))
                            .secretString());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            String code = e.getClass().getSimpleName();
            if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
                code = service.awsErrorDetails().errorCode();
            }
            // Permissions are often mended within the time of the attempts.
            throw new SecretException(reference, "cannot be fetched: " + code, true);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
