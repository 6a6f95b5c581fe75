package dev.caracal.connectors.secrets;

import java.util.Optional;

/** Secrets by name; the network boundary. */
interface SecretStore extends AutoCloseable {

    /**
     * @return empty if there is none of that name
     * @throws SecretException if it cannot be fetched
     */
    Optional<String> find(SecretReference reference) throws SecretException;

    @Override
    void close();
}
