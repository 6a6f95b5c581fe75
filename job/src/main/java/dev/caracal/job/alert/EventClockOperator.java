package dev.caracal.job.alert;

import dev.caracal.parsers.Event;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Emits watermarks that follow the event times at a distance, and never run ahead of the time of
 * day: an event that is dated in the future does not make all others late.
 *
 * <p>A task that gets no events would hold up all others, and the last periods of a replay would
 * never end. So after a while without an event the watermark follows the time of day.
 */
final class EventClockOperator extends AbstractStreamOperator<Event>
        implements OneInputStreamOperator<Event, Event>, ProcessingTimeCallback {

    private static final long serialVersionUID = 1L;

    private static final long STEP_MILLIS = 1_000;

    private final long latenessMillis;
    private final long idleMillis;

    private transient long watermark;
    private transient long lastEventAt;

    EventClockOperator(Duration allowedLateness, Duration idleTimeout) {
        this.latenessMillis = allowedLateness.toMillis();
        this.idleMillis = Math.max(STEP_MILLIS, idleTimeout.toMillis());
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE + STEP_MILLIS;
        lastEventAt = now();
        getProcessingTimeService().registerTimer(lastEventAt + idleMillis, this);
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void processElement(StreamRecord<Event> record) {
        output.collect(record);
        lastEventAt = now();
        advance(Math.min(record.getValue().eventTimeMillis(), lastEventAt) - latenessMillis);
    }

    @Override
    public void onProcessingTime(long time) {
        long idleAt = lastEventAt + idleMillis;
        if (idleAt <= time) {
            advance(time);
            idleAt = time + idleMillis;
        }
        getProcessingTimeService().registerTimer(idleAt, this);
    }

    private void advance(long time) {
        if (time - STEP_MILLIS >= watermark) {
            watermark = time;
            output.emitWatermark(new Watermark(time));
        }
    }

    /** From before there comes only the one that ends the input. */
    @Override
    public void processWatermark(Watermark mark) {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            watermark = mark.getTimestamp();
            output.emitWatermark(mark);
        }
    }
}
