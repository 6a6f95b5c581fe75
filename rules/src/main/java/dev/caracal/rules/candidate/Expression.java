package dev.caracal.rules.candidate;

/** A compiled Python expression. */
interface Expression {

    /**
     * Its value.
     *
     * @throws Unsure if only Python can tell, or would raise
     */
    Object evaluate(Frame frame);
}
