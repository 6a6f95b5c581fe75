package dev.caracal.parsers;

import dev.caracal.parsers.Classification.Accepted;
import dev.caracal.parsers.Classification.Reason;
import dev.caracal.parsers.Classification.Rejected;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.json.MismatchException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the log type of a raw record among candidates and parses it.
 *
 * <p>Order: the log type that accepted the last record is tried first, then the others in the order
 * given. The first that accepts wins; so where two would accept a record, the one given first does,
 * unless the other has just had a record. With one candidate there is nothing to guess.
 *
 * <p>Whatever the bytes, the answer is a {@link Classification}; no exception leaves. A reason is
 * some 250 characters long at most. Not thread-safe: a classifier keeps buffers. One can serve many
 * lanes, if {@link #lastLogType} is saved and restored around them.
 */
public final class Classifier {

    private record Candidate(String logType, RecordParser parser) {}

    private final EventBuilder builder = new EventBuilder();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private int last = -1;

    /**
     * @throws IllegalArgumentException if there is no log type
     */
    public Classifier(List<LogType> logTypes) {
        if (logTypes.isEmpty()) {
            throw new IllegalArgumentException("A classifier needs at least one log type");
        }
        for (LogType logType : logTypes) {
            candidates.add(new Candidate(logType.name(), logType.newParser(builder)));
        }
    }

    /** The log type that accepted a record last, empty if none has yet. */
    public String lastLogType() {
        return last < 0 ? "" : candidates.get(last).logType();
    }

    /** Restores what {@link #lastLogType} gave; a name that is no candidate counts as none. */
    public void restoreLastLogType(String logType) {
        last = -1;
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).logType().equals(logType)) {
                last = i;
            }
        }
    }

    /** Parses the record in {@code buffer}, which is not kept. */
    public Classification classify(byte[] buffer, int offset, int length, RecordContext context) {
        int first = last;
        reasons.clear();
        if (first >= 0 && accepts(first, buffer, offset, length, context)) {
            return accepted();
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (i != first && accepts(i, buffer, offset, length, context)) {
                return accepted();
            }
        }
        return new Rejected(reasons);
    }

    private Accepted accepted() {
        return new Accepted(candidates.get(last).logType(), builder.events());
    }

    private boolean accepts(
            int index, byte[] buffer, int offset, int length, RecordContext context) {
        Candidate candidate = candidates.get(index);
        builder.beginRecord(context.parseTimeMillis());
        try {
            candidate.parser().parse(buffer, offset, length, context);
            last = index;
            return true;
        } catch (MismatchException e) {
            reasons.add(new Reason(candidate.logType(), String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            // A defect of ours: one record must not stop the rest.
            String failure = "parser failed: " + e.getClass().getSimpleName();
            reasons.add(new Reason(candidate.logType(), failure, true));
        }
        return false;
    }
}
