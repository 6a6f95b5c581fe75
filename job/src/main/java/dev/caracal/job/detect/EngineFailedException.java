package dev.caracal.job.detect;

/** Says that there is no rule engine that could judge, and why. */
final class EngineFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    EngineFailedException(String message) {
        super(message);
    }
}
