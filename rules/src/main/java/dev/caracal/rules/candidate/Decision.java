package dev.caracal.rules.candidate;

/** What is known of a rule for an event. */
sealed interface Decision {

    enum Known implements Decision {
        /** {@code rule()} gives False. */
        FALSE,

        /** Only Python can tell. */
        PYTHON,

        /** The rule is to be evaluated. */
        EVALUATE
    }

    /**
     * {@code rule()} raises an exception, of which Python tells.
     *
     * @param number of the decision: it is the same exception for all events that lead to it
     */
    record Raises(long number) implements Decision {}
}
