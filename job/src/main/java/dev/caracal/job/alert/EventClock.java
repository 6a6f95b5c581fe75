package dev.caracal.job.alert;

import dev.caracal.parsers.Event;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The watermarks by which alerts are made on event time; there are none on processing time. */
public final class EventClock {

    private EventClock() {}

    private static boolean isOff(ReadableConfig options) {
        return options.get(AlertOptions.CLOCK) != AlertClock.EVENT_TIME;
    }

    /** Gives the events watermarks, if alerts are made on event time. */
    public static DataStream<Event> of(
            SingleOutputStreamOperator<Event> events, ReadableConfig options) {
        if (isOff(options)) {
            return events;
        }
        return events.transform(
                        "EventClock",
                        events.getType(),
                        new EventClockOperator(
                                options.get(AlertOptions.ALLOWED_LATENESS),
                                options.get(AlertOptions.IDLE_TIMEOUT)))
                .uid("event-clock");
    }

    /** Keeps a stream without event times from holding up those that it meets. */
    public static <T> DataStream<T> timeless(
            SingleOutputStreamOperator<T> stream, ReadableConfig options) {
        if (isOff(options)) {
            return stream;
        }
        return stream.transform("Timeless", stream.getType(), new TimelessOperator<T>())
                .uid("timeless")
                .setParallelism(stream.getParallelism());
    }
}
