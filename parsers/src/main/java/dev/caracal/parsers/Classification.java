package dev.caracal.parsers;

import java.util.List;

/** What became of one raw record. */
public sealed interface Classification {

    /**
     * A log type accepted the record.
     *
     * @param events the events in it: none for a header or comment, several for a record that wraps
     *     others
     */
    record Accepted(String logType, List<Event> events) implements Classification {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** No candidate accepted the record; one reason for each candidate, in the order tried. */
    record Rejected(List<Reason> reasons) implements Classification {
        public Rejected {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Why one log type did not accept the record; the message names the field and the value.
     *
     * @param defect whether its parser failed, which is never the record's fault
     */
    record Reason(String logType, String message, boolean defect) {

        /** The record is not of that log type. */
        public Reason(String logType, String message) {
            this(logType, message, false);
        }
    }
}
