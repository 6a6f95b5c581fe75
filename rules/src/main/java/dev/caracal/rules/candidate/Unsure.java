package dev.caracal.rules.candidate;

/** Evaluation met what only Python can answer: something not reproduced here, or an exception. */
final class Unsure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final Unsure UNSURE = new Unsure();

    private Unsure() {
        super("only Python can tell", null, false, false);
    }
}
