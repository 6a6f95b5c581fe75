package dev.caracal.connectors.secrets;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Secrets of an environment that a test makes up; Secrets Manager has none. */
public final class TestSecrets {

    private TestSecrets() {}

    public static Secrets of(Map<String, String> environment) {
        return new Secrets(environment, new Nothing(), InstantSource.system());
    }

    private static final class Nothing implements SecretStore {

        @Override
        public Optional<String> find(SecretReference reference) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
