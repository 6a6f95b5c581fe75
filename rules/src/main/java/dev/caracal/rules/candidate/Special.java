package dev.caracal.rules.candidate;

/**
 * Values that have no Java value of their own. The others: text is {@link String}, whole numbers
 * {@link Long}, others {@link Double}, booleans {@link Boolean}, and {@link Items} and {@link
 * Mapping}.
 */
enum Special {
    /** Python's {@code None}. */
    NONE,

    /** Any value that JSON can hold, when only one field of the event is known. */
    UNKNOWN,

    /** {@code True} or {@code False}. */
    UNKNOWN_BOOLEAN
}
