package dev.caracal.connectors.secrets;

/** A secret could not be fetched; the message names it and does not hold it. */
public final class SecretException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    SecretException(SecretReference reference, String what, boolean passing) {
        super("Secret " + reference + " " + what);
        this.passing = passing;
    }

    /** Whether trying again may help. */
    public boolean isPassing() {
        return passing;
    }
}
