package dev.caracal.cli;

/** An argument that does not fit; the message names it and what was expected. */
public final class WrongUsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public WrongUsageException(String message) {
        super(message);
    }
}
