package dev.caracal.job.alert;

import org.apache.flink.streaming.api.TimerService;

/** What dedup periods run on. */
public enum AlertClock {

    /** The time of day: for logs that are judged as they come. */
    PROCESSING_TIME("processing-time") {
        @Override
        public void register(TimerService timers, long timeMillis) {
            timers.registerProcessingTimeTimer(timeMillis);
        }
    },

    /** The times in the events: for logs of the past, which give the same alerts each time. */
    EVENT_TIME("event-time") {
        @Override
        public void register(TimerService timers, long timeMillis) {
            timers.registerEventTimeTimer(timeMillis);
        }
    };

    private final String optionValue;

    AlertClock(String optionValue) {
        this.optionValue = optionValue;
    }

    /** Asks for a timer. */
    public abstract void register(TimerService timers, long timeMillis);

    /** As the option's value. */
    @Override
    public String toString() {
        return optionValue;
    }
}
