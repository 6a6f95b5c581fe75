package dev.caracal.cli;

/** An argument that does not fit; the message names it and what was expected. */
final class WrongUsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    WrongUsageException(String message) {
        super(message);
    }
}
