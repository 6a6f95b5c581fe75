package dev.caracal.parsers.time;

/** One way in which logs write a point in time. Implementations are immutable. */
public interface TimeFormat {

    /** The name that a schema gives it, for example {@code rfc3339} or {@code %Y-%m-%d}. */
    String name();

    /**
     * Reads the whole slice into {@code result}; false when it is not in this format. A format
     * without a year goes by {@link Timestamp#setNow}.
     */
    boolean parse(byte[] bytes, int offset, int length, Timestamp result);
}
