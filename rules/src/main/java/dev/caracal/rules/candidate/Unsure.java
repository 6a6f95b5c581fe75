package dev.caracal.rules.candidate;

/** Evaluation met what only Python can answer: something not reproduced here, or an exception. */
class Unsure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final Unsure UNSURE = new Unsure();

    private Unsure() {
        this("only Python can tell");
    }

    Unsure(String message) {
        super(message, null, false, false);
    }
}
