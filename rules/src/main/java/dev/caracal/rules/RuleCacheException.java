package dev.caracal.rules;

/** Says why a rule cache did not answer; the rule that asked sees it as an exception of Python. */
public final class RuleCacheException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuleCacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
