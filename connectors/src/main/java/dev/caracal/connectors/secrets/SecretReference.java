package dev.caracal.connectors.secrets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a secret, as it stands in configuration:
 *
 * <ul>
 *   <li>{@code ${env:CARACAL_SECRET_SLACK}}, a variable of the environment. Its name begins with
 *       {@link #ENVIRONMENT_PREFIX}, so that whoever writes configuration cannot ask for the job's
 *       own credentials;
 *   <li>{@code ${secretsmanager:NAME-OR-ARN}} or {@code ${secretsmanager:NAME-OR-ARN#KEY}}, a
 *       secret of AWS Secrets Manager, or the value of a key if the secret is a JSON object.
 * </ul>
 *
 * @param store where the secret is kept
 * @param name of the variable, or name or ARN of the secret
 * @param key of a JSON secret, empty for the whole
 */
public record SecretReference(Store store, String name, String key) {

    /** Beginning of the variables that may be named. */
    public static final String ENVIRONMENT_PREFIX = "CARACAL_SECRET_";

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(env|secretsmanager):([A-Za-z0-9/_+=.@:-]+)(?:#([^}#]+))?}");

    /** Where a secret may be kept. */
    public enum Store {
        ENVIRONMENT,
        SECRETS_MANAGER
    }

    public SecretReference {
        boolean environment = store == Store.ENVIRONMENT;
        if (environment && (!name.startsWith(ENVIRONMENT_PREFIX) || !key.isEmpty())) {
            throw new IllegalArgumentException(
                    "the variable is \""
                            + name
                            + "\", expected one whose name begins with "
                            + ENVIRONMENT_PREFIX
                            + ", without a key");
        }
    }

    /** Whether a text is meant to be a reference; it may still be a wrong one. */
    public static boolean isReference(String text) {
        return text.startsWith("${") && text.endsWith("}");
    }

    /**
     * @throws IllegalArgumentException if the text is no reference. The text is not in the message,
     *     since it may be the secret itself
     */
    public static SecretReference parse(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected ${env:"
                            + ENVIRONMENT_PREFIX
                            + "…} or ${secretsmanager:NAME#KEY}, never the secret itself");
        }
        return new SecretReference(
                matcher.group(1).equals("env") ? Store.ENVIRONMENT : Store.SECRETS_MANAGER,
                matcher.group(2),
                matcher.group(3) == null ? "" : matcher.group(3));
    }

    /** The region of a secret named by its ARN, else empty. */
    String region() {
        String[] parts = name.split(":", -1);
        return parts[0].equals("arn") && parts.length > 3 ? parts[3] : "";
    }

    @Override
    public String toString() {
        String prefix = store == Store.ENVIRONMENT ? "env:" : "secretsmanager:";
        return "${" + prefix + name + (key.isEmpty() ? "" : "#" + key) + '}';
    }
}
